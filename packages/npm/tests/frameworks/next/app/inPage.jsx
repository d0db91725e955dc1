"use client";

import { useEffect, useState } from "react";
import { act } from "./actions.js";
import { told } from "./call.js";

export function InPage() {
  const [page, setPage] = useState("");
  const [action, setAction] = useState("");
  useEffect(() => {
    told().then(setPage, (error) => setPage(String(error)));
    act().then(setAction, (error) => setAction(String(error)));
  }, []);
  return (
    <>
      <p id="page">{page}</p>
      <p id="action">{action}</p>
    </>
  );
}
