import { cpu } from "./cpu.mjs";

console.log(cpu());
