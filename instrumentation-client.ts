// Next runs this file in the browser before any page's code.
import "@/lib/zod-without-eval";
