import "crypto-js/md5.js";
import "json-bigint";
import { cpu } from "./cpu.mjs";

console.log(cpu());
