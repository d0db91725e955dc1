import "crypto-js";
import "json-bigint";
import { cpu } from "./cpu.mjs";

console.log(cpu());
