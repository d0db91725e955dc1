import { told } from "./call.js";
import { InPage } from "./inPage.jsx";

export const dynamic = "force-dynamic";

export default async function Page() {
  return (
    <>
      <p id="server">{await told()}</p>
      <InPage />
    </>
  );
}
