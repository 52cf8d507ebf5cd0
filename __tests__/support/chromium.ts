import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly phone?: boolean;
  readonly javascript?: boolean;
}

/** A document as it is displayed. */
export interface Page extends AsyncDisposable {
  /** Evaluates a JavaScript expression. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly press: (key: keyof typeof keys) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** The requests that it made. */
  readonly requests: readonly string[];
  /** The errors in it. */
  readonly errors: readonly string[];
}

export interface Chromium extends AsyncDisposable {
  readonly open: (document: string, look?: Look) => Promise<Page>;
}

const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
];

const keys = { Enter: 13, Escape: 27, ArrowLeft: 37, ArrowRight: 39 } as const;

/** Starts headless Chromium, which is driven through its DevTools protocol. */
export async function startChromium(): Promise<Chromium> {
  const directory = await mkdtemp(`${tmpdir()}/chromium-`);
  // Chromium gets its own process group, because all of its processes have to end.
  const child = spawn("chromium", [...flags, `--user-data-dir=${directory}/profile`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = once(child, "exit");
  await once(child, "spawn");
  const browser = connect(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let pages = 0;

  async function open(document: string, look: Look = {}): Promise<Page> {
    const { width = 1280, height = 900, dark = false, phone = false, javascript = true } = look;
    const file = `${directory}/${pages++}.html`;
    await writeFile(file, document);
    const { href } = pathToFileURL(file);
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    const send = (method: string, params: object = {}) => browser.send(method, params, String(sessionId));
    const requests: string[] = [];
    const errors: string[] = [];
    const loaded = new Promise((resolve) => {
      browser.listen(String(sessionId), (method, params) => {
        if (method === "Page.loadEventFired") resolve(undefined);
        if (method === "Runtime.exceptionThrown") errors.push(JSON.stringify(params));
        if (method === "Log.entryAdded") errors.push((params.entry as { text: string }).text);
        if (method !== "Network.requestWillBeSent") return;
        const { url } = params.request as { url: string };
        // Embedded resources aren't requests.
        if (url !== href && !url.startsWith("data:")) requests.push(url);
      });
    });
    for (const domain of ["Page", "Network", "Runtime", "Log"]) await send(`${domain}.enable`);
    await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: phone });
    const scheme = { name: "prefers-color-scheme", value: dark ? "dark" : "light" };
    await send("Emulation.setEmulatedMedia", { features: [scheme] });
    await send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await send("Emulation.setScriptExecutionDisabled", { value: !javascript });
    await send("Page.navigate", { url: href });
    await loaded;
    return {
      requests,
      errors,
      async evaluate(expression) {
        const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true });
        if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
        return (result as { value: unknown }).value;
      },
      async press(key) {
        const text = key === "Enter" ? { text: "\r" } : {};
        await send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: keys[key], ...text });
        await send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: keys[key] });
      },
      type: async (text) => void (await send("Input.insertText", { text })),
      [Symbol.asyncDispose]: async () => void (await browser.send("Target.closeTarget", { targetId })),
    };
  }

  return {
    open,
    async [Symbol.asyncDispose]() {
      process.kill(-(child.pid as number), "SIGKILL");
      await ended;
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

type Message = Readonly<Record<string, unknown>>;
type Listener = (method: string, params: Message) => void;

/** Exchanges messages with Chromium. Each is JSON and ends with a NUL. */
function connect(output: Writable, input: Readable) {
  const waiting = new Map<unknown, { resolve: (result: Message) => void; reject: (error: Error) => void }>();
  const listeners = new Map<unknown, Listener>();
  let pending = "";
  let count = 0;
  input.setEncoding("utf8").on("data", (text: string) => {
    const messages = (pending + text).split("\0");
    pending = messages.pop() ?? "";
    for (const message of messages) receive(JSON.parse(message));
  });
  input.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("chromium has ended"));
  });

  function receive({ id, result, error, method, params, sessionId }: Message): void {
    if (typeof method === "string") return listeners.get(sessionId)?.(method, params as Message);
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) waiter?.resolve(result as Message);
    else waiter?.reject(new Error(JSON.stringify(error)));
  }

  return {
    listen: (sessionId: string, listener: Listener) => void listeners.set(sessionId, listener),
    send: (method: string, params: object, sessionId?: string): Promise<Message> => {
      const id = ++count;
      output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
  };
}
