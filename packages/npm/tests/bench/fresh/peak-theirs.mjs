import { body, tellGrowth } from "./growth.mjs";

const decoder = new TextDecoder();

tellGrowth(() => JSON.parse(decoder.decode(body)));
