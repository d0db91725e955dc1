import { Xportcn } from "xportcn";

const answer = async () => new Response('{"code":200,"data":[{"phone":"13800000000"}]}');
const client = new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", fetch: answer });
client.address.list().then((list) => (document.title = list[0].phone));
