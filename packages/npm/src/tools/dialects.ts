// The tools as the APIs of models want them, and their answers. Types are shapes: no SDK is imported.

import type { ToolAnswer, ToolSchema } from "./answers.js";

type Schema = Record<string, unknown>;

/** What can be called. */
interface Callable {
  readonly schemas: readonly ToolSchema[];
  call(name: string, input: unknown): Promise<ToolAnswer>;
}

/** A function tool of OpenAI's Chat Completions. */
export interface ChatTool {
  type: "function";
  function: { name: string; description: string; parameters: Schema };
}

/** A message of Chat Completions with what a tool answered. */
export interface ChatResult {
  role: "tool";
  tool_call_id: string;
  content: string;
}

/** The tools for OpenAI's Chat Completions. */
export interface Chat {
  /** For `tools` of the request. */
  readonly tools: ChatTool[];
  /** Makes the calls of a message of the model, and gives the messages to put behind it. Calls of other tools are left to you. */
  answer(message: { readonly tool_calls?: readonly object[] | null | undefined }): Promise<ChatResult[]>;
}

/** A function tool of OpenAI's Responses. */
export interface ResponsesTool {
  type: "function";
  name: string;
  description: string;
  parameters: Schema;
  /** False: a strict tool must require all its members. */
  strict: boolean;
}

/** An item of Responses with what a tool answered. */
export interface ResponsesResult {
  type: "function_call_output";
  call_id: string;
  output: string;
}

/** The tools for OpenAI's Responses. */
export interface Responses {
  /** For `tools` of the request. */
  readonly tools: ResponsesTool[];
  /** Makes the calls of a response, and gives the items for the next `input`. Calls of other tools are left to you. */
  answer(response: { readonly output: readonly object[] }): Promise<ResponsesResult[]>;
}

/** A tool of Anthropic's Messages. */
export interface AnthropicTool {
  name: string;
  description: string;
  input_schema: { type: "object"; [member: string]: unknown };
}

/** A block of a message to Anthropic's models with what a tool answered. */
export interface AnthropicResult {
  type: "tool_result";
  tool_use_id: string;
  content: string;
  is_error: boolean;
}

/** The tools for Anthropic's Messages. */
export interface Anthropic {
  /** For `tools` of the request. */
  readonly tools: AnthropicTool[];
  /** Makes the calls of a message of the model, and gives the content of the user's next. Calls of other tools are left to you. */
  answer(message: { readonly content: readonly object[] }): Promise<AnthropicResult[]>;
}

export function chat(callable: Callable): Chat {
  return {
    tools: callable.schemas.map(({ name, description, input }) => {
      return { type: "function", function: { name, description, parameters: { ...input } } };
    }),
    async answer({ tool_calls: asked }) {
      type Call = { id: string; function?: { name: string; arguments: string } };
      const calls = ((asked ?? []) as readonly Call[]).map(({ id, function: called }) => {
        return { id, name: called?.name, input: parsed(called?.arguments) };
      });
      return await answered(callable, calls, (id, { text }) => ({ role: "tool", tool_call_id: id, content: text }));
    },
  };
}

export function responses(callable: Callable): Responses {
  return {
    tools: callable.schemas.map(({ name, description, input }) => {
      return { type: "function", name, description, parameters: { ...input }, strict: false };
    }),
    async answer({ output }) {
      type Item = { type: string; call_id: string; name: string; arguments: string };
      const calls = (output as readonly Item[])
        .filter(({ type }) => type === "function_call")
        .map(({ call_id: id, name, arguments: text }) => ({ id, name, input: parsed(text) }));
      return await answered(callable, calls, (id, { text }) => {
        return { type: "function_call_output", call_id: id, output: text };
      });
    },
  };
}

export function anthropic(callable: Callable): Anthropic {
  return {
    tools: callable.schemas.map(({ name, description, input }) => {
      return { name, description, input_schema: { ...input, type: "object" } };
    }),
    async answer({ content }) {
      type Block = { type: string; id: string; name: string; input: unknown };
      const calls = (content as readonly Block[]).filter(({ type }) => type === "tool_use");
      return await answered(callable, calls, (id, { text, isError }) => {
        return { type: "tool_result", tool_use_id: id, content: text, is_error: isError };
      });
    },
  };
}

/** The answers to calls of our tools, in their order. */
async function answered<Result>(
  callable: Callable,
  calls: readonly { readonly id: string; readonly name: string | undefined; readonly input: unknown }[],
  told: (id: string, answer: ToolAnswer) => Result,
): Promise<Result[]> {
  const ours = calls.flatMap(({ id, name, input }) => {
    return callable.schemas.some((schema) => schema.name === name) ? [{ id, name: name as string, input }] : [];
  });
  return await Promise.all(ours.map(async ({ id, name, input }) => told(id, await callable.call(name, input))));
}

/** What a model wrote as JSON. What is none, no tool takes. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return text;
  }
}
