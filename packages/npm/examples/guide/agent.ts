// Lets a model order within limits, after a person's word.

// region agent
import { createInterface } from "node:readline/promises";
import OpenAI from "openai";
import { tools } from "xportcn/tools";

const terminal = createInterface({ input: process.stdin, output: process.stdout });
const agent = await tools({
  maxOrder: "300 CNY",
  maxDay: "1000 CNY",
  confirm: async ({ summary }) => (await terminal.question(`${summary}\nCarry it out? `)) === "yes",
});

const openai = new OpenAI();
const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: "system", content: agent.instructions },
  { role: "user", content: "Order men's shoes to 张三, 13800000000, 浙江省 杭州市 象山路1号, for 300 yuan at most." },
];
for (;;) {
  const request = { model: "gpt-5", messages, tools: agent.openaiChat.tools };
  const message = (await openai.chat.completions.create(request)).choices[0]?.message;
  if (!message?.tool_calls?.length) {
    console.log(message?.content);
    break;
  }
  messages.push(message, ...(await agent.openaiChat.answer(message)));
}
await agent.close();
terminal.close();
// endregion
