/** How a wait for a state ended. */
export type Waited =
  | {
      /** The state is there. */
      readonly outcome: "reached";
      /** The order or the refund. */
      readonly found: unknown;
    }
  | {
      /** The state cannot come any more. */
      readonly outcome: "never";
      /** The order or the refund. */
      readonly found: unknown;
    }
  | {
      /** The time is over. */
      readonly outcome: "timed out";
      /** The order or the refund as it was last seen; absent if it was not seen. */
      readonly found?: unknown;
      /** Why it was not seen in the last look, if a call failed. */
      readonly reason?: string;
    };
