import { createContext } from "react";

/** True while the step Data loads its next state. */
export const DataFormPending = createContext(false);
