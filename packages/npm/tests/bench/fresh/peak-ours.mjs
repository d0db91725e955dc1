import { read } from "../core.mjs";
import { body, tellGrowth } from "./growth.mjs";

tellGrowth(() => read("alibaba.product.keyword_search", body));
