"use server";

import { told } from "./call.js";

export async function act() {
  return await told();
}
