import { pushed } from "xportcn/next";

const messages = [];

export const dynamic = "force-dynamic";

export const POST = pushed({ accessKey: "k", accessSecret: "s" }, async (message, { repeated }) => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  messages.push([message.body.orderId, repeated]);
});

export const GET = () => Response.json(messages);
