/** The server's API: docs/openapi.yml. */

const TIMEOUT = 15_000;
const REPLY_TIMEOUT = 30_000;

/** Why a request failed: a `code` of the API's, "offline", "timeout" or "unreachable". */
export class ApiError extends Error {
  constructor(code, retryAfter) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    /** Whether the server no longer knows the conversation. */
    this.isExpiry = code === "session_expired" || code === "no_session";
  }
}

/** Returns what can be asked of a server. Every method rejects with an `ApiError`. */
export function createApi(server) {
  async function request(method, path, token, body, timeout = TIMEOUT) {
    const headers = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), timeout);
    let response;
    let answer;
    try {
      response = await fetch(new URL(path, server), {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: patience.signal,
      });
      answer = response.status === 204 ? null : await response.json();
    } catch {
      const fault = navigator.onLine ? "unreachable" : "offline";
      throw new ApiError(patience.signal.aborted ? "timeout" : fault);
    } finally {
      clearTimeout(timer);
    }
    if (response.ok) return answer;
    throw new ApiError(answer.error?.code, answer.error?.retry_after);
  }

  const path = "api/conversation";
  return {
    about: () => request("GET", "api/about"),
    open: async () => (await request("POST", "api/conversations")).token,
    read: async (token) => (await request("GET", path, token)).turns,
    remove: (token) => request("DELETE", path, token),
    send(token, { id, text, button }) {
      const body = button ? { id, button } : { id, text };
      return request("POST", `${path}/messages`, token, body, REPLY_TIMEOUT);
    },
    rate: (token, id, feedback) =>
      request("PUT", `${path}/messages/${id}/feedback`, token, feedback),
  };
}
