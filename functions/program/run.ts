import process from "node:process";

/** Runs a program. What it throws becomes one sentence on the standard error and exit code 1, and never a stack trace. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
