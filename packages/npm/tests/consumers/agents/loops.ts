// Models of other people's SDKs with our tools: each gives the model's last words.
import { createOpenAI } from "@ai-sdk/openai";
import Anthropic from "@anthropic-ai/sdk";
import { generateText, isStepCount, jsonSchema } from "ai";
import OpenAI from "openai";
import type { Tools } from "xportcn/tools";

const TASK = "Order a pair of shoes.";
const apiKey = "none";

export async function openaiChat(agent: Tools, url: string): Promise<string> {
  const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 });
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: "system", content: agent.instructions },
    { role: "user", content: TASK },
  ];
  for (;;) {
    const { tools } = agent.openaiChat;
    const completion = await client.chat.completions.create({ model: "scripted", messages, tools });
    const message = completion.choices[0]?.message;
    if (message === undefined) throw new Error("there is no choice");
    if (message.tool_calls === undefined) return message.content ?? "";
    messages.push(message, ...(await agent.openaiChat.answer(message)));
  }
}

export async function openaiResponses(agent: Tools, url: string): Promise<string> {
  const client = new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 });
  const input: OpenAI.Responses.ResponseInput = [{ role: "user", content: TASK }];
  for (;;) {
    const { tools } = agent.openaiResponses;
    const response = await client.responses.create({
      model: "scripted",
      instructions: agent.instructions,
      input,
      tools,
    });
    const answers = await agent.openaiResponses.answer(response);
    if (answers.length === 0) return response.output_text;
    input.push(...(response.output as OpenAI.Responses.ResponseInput), ...answers);
  }
}

export async function anthropic(agent: Tools, url: string): Promise<string> {
  const client = new Anthropic({ apiKey, baseURL: url, maxRetries: 0 });
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: TASK }];
  for (;;) {
    const { tools } = agent.anthropic;
    const system = agent.instructions;
    const message = await client.messages.create({ model: "scripted", max_tokens: 1000, system, messages, tools });
    const content = await agent.anthropic.answer(message);
    if (content.length === 0) return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
    messages.push({ role: "assistant", content: message.content }, { role: "user", content });
  }
}

export async function vercel(agent: Tools, url: string): Promise<string> {
  const { text } = await generateText({
    model: createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat("scripted"),
    instructions: agent.instructions,
    prompt: TASK,
    tools: agent.vercel(jsonSchema),
    stopWhen: isStepCount(9),
    maxRetries: 0,
  });
  return text;
}
