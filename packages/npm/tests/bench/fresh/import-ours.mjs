import "xportcn";
import { cpu } from "./cpu.mjs";

console.log(cpu());
