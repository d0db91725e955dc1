// The platform as tools for models, for runtimes that start programs. It is a module of its own, which nothing else of the
// package imports. What a model may do is decided by `xportcn mcp`, which this starts and speaks to.

import type { ToolAnswer, ToolSchema } from "./tools/answers.js";
import { type Anthropic, anthropic, type Chat, chat, type Responses, responses } from "./tools/dialects.js";
import { environmentOf, type ToolsOptions, wordsOf } from "./tools/options.js";
import { program } from "./tools/program.js";
import { Refusal, Server, ToolsError } from "./tools/server.js";

export type { ToolAnswer, ToolSchema } from "./tools/answers.js";
export type {
  Anthropic,
  AnthropicResult,
  AnthropicTool,
  Chat,
  ChatResult,
  ChatTool,
  Responses,
  ResponsesResult,
  ResponsesTool,
} from "./tools/dialects.js";
export { ToolsError, type ToolsOptions };

/** A write that a person is asked about. */
export interface Asked {
  /** The call's id, as `taobao.order.purchase_pay`. */
  readonly call: string;
  /** Its parameters, exactly as they were proposed. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What would be done and what it may cost, with the parameters, in words of ours: none is the platform's or a seller's. */
  readonly summary: string;
}

/** Asks a person. Only `true` carries the write out. It has two minutes, or less with `confirmWithin`. */
export type Confirm = (write: Asked) => boolean | Promise<boolean>;

/** A tool of the Vercel AI SDK. */
export interface VercelTool<Schema> {
  readonly description: string;
  readonly inputSchema: Schema;
  execute(input: unknown): Promise<string>;
}

interface Told {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
  outputSchema: Record<string, unknown>;
  annotations: { readOnlyHint: boolean };
}

declare const VERSION: string;

/** The tool that confirms; all others only read or propose. */
const CONFIRM = "confirm_write";
/** The protocol's version in which the server asks while the tool runs. */
const VERSION_OF_PROTOCOL = "2025-11-25";

/**
 * Starts the tools. They are those of `xportcn mcp`, with its limits, its journal and its audit log: this starts that program,
 * and ends it with {@link Tools.close}. It comes with `npm install xportcn-cli`. It fails with a {@link ToolsError} if it is not
 * there, or does not take the options.
 *
 * ```ts
 * const agent = await tools({ maxOrder: "300 CNY", confirm: async ({ summary }) => await ask(summary) });
 * ```
 */
export async function tools(options: ToolsOptions & { readonly confirm?: Confirm } = {}): Promise<Tools> {
  const { confirm, ...rest } = options;
  const server = new Server(program(rest.program), wordsOf(rest), environmentOf(rest));
  try {
    return await Tools.opened(server, confirm);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** The platform as tools for a model. Made by {@link tools}. */
export class Tools {
  /** What a model is to be told of the tools as a whole: for the system prompt. */
  readonly instructions: string;
  /** The tools as the server tells them. */
  readonly schemas: readonly ToolSchema[];
  /** For OpenAI's Chat Completions. */
  readonly openaiChat: Chat;
  /** For OpenAI's Responses. */
  readonly openaiResponses: Responses;
  /** For Anthropic's Messages. */
  readonly anthropic: Anthropic;
  readonly #server: Server;
  readonly #confirm: Confirm | undefined;
  /** A person is asked one thing at a time. So what the server asks is of the confirmation that runs. */
  #confirmed: Promise<unknown> = Promise.resolve();

  private constructor(server: Server, confirm: Confirm | undefined, instructions: string, told: readonly Told[]) {
    this.#server = server;
    this.#confirm = confirm;
    this.instructions = instructions;
    this.schemas = told.map(({ name, description, inputSchema, outputSchema, annotations }) => {
      return { name, description, input: inputSchema, output: outputSchema, reads: annotations.readOnlyHint };
    });
    this.openaiChat = chat(this);
    this.openaiResponses = responses(this);
    this.anthropic = anthropic(this);
  }

  /** @internal */
  static async opened(server: Server, confirm: Confirm | undefined): Promise<Tools> {
    const begun = (await server.request("initialize", {
      protocolVersion: VERSION_OF_PROTOCOL,
      capabilities: confirm === undefined ? {} : { elicitation: { form: {} } },
      clientInfo: { name: "xportcn-npm", version: VERSION },
    })) as { instructions: string };
    server.notify("notifications/initialized");
    const { tools } = (await server.request("tools/list", {})) as { tools: Told[] };
    return new Tools(server, confirm, begun.instructions, tools);
  }

  /**
   * Calls a tool. What the tool refuses is an answer, for the model to read. It fails with a {@link ToolsError} only where the
   * program has ended or was closed; a write that was being confirmed may then have been sent, and `recover` finds out.
   *
   * Confirmations wait for each other, so that a person is asked one thing at a time. What `confirm` throws is a no, and comes
   * out of here.
   */
  async call(name: string, input: unknown = {}): Promise<ToolAnswer> {
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      return refused("the arguments are no JSON object");
    }
    if (name !== CONFIRM) return await this.#called(name, input);
    const before = this.#confirmed;
    const answer = before.then(() => this.#called(name, input, (summary) => this.#ask(input, summary)));
    this.#confirmed = answer.catch(() => {});
    return await answer;
  }

  /**
   * The tools for the Vercel AI SDK, as `tools` of `generateText` and others take them. It wants that SDK's own function
   * `jsonSchema`.
   *
   * ```ts
   * import { generateText, jsonSchema } from "ai";
   *
   * const { text } = await generateText({ model, tools: agent.vercel(jsonSchema), ... });
   * ```
   */
  vercel<Schema>(jsonSchema: (schema: object) => Schema): Record<string, VercelTool<Schema>> {
    const entries = this.schemas.map(({ name, description, input }) => {
      const execute = async (given: unknown) => (await this.call(name, given)).text;
      return [name, { description, inputSchema: jsonSchema(input), execute }] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Ends the program; until then your process does not end by itself. What still runs fails with a {@link ToolsError}; who is being asked has confirmed nothing. */
  async close(): Promise<void> {
    await this.#server.close();
  }

  async #called(name: string, input: object, ask?: (summary: string) => Promise<boolean>): Promise<ToolAnswer> {
    try {
      const params = { name, arguments: input };
      const result = (await this.#server.request("tools/call", params, ask)) as {
        content: { text: string }[];
        structuredContent?: Record<string, unknown>;
        isError?: boolean;
      };
      const text = result.content.map((block) => block.text).join("\n");
      const { structuredContent: data, isError = false } = result;
      return { text, isError, ...(data === undefined ? {} : { data }) };
    } catch (error) {
      if (error instanceof Refusal) return refused(error.message);
      throw error;
    }
  }

  async #ask(input: object, summary: string): Promise<boolean> {
    const { call, params } = input as Asked;
    return (await this.#confirm?.({ call, params, summary })) === true;
  }
}

/** As the server refuses. */
function refused(message: string): ToolAnswer {
  return { text: JSON.stringify({ error: { kind: "invalid", message } }), isError: true };
}
