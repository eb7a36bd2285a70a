import { findOrInstallChromium } from "./chromium";

process.stdout.write(`Browser tests use ${findOrInstallChromium()}\n`);
