/** The server's API: docs/openapi.yml. */

const TIMEOUT = 15_000;
const REPLY_TIMEOUT = 30_000;
// What the server says, or a proxy before it, while it restarts or its store is away.
const AWAY = [502, 503, 504];

/**
 * Why a request failed: a `code` of the API's, "offline", "timeout", "unreachable", or
 * "away" when the server is likely back in a moment.
 */
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
    let answer = null;
    try {
      response = await fetch(new URL(path, server), {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: patience.signal,
      });
      // The page of a proxy is no JSON.
      if (isAway(response)) answer = await response.json().catch(() => null);
      else if (response.status !== 204) answer = await response.json();
    } catch {
      const fault = navigator.onLine ? "unreachable" : "offline";
      throw new ApiError(patience.signal.aborted ? "timeout" : fault);
    } finally {
      clearTimeout(timer);
    }
    if (response.ok) return answer;
    const { code, retry_after: retryAfter } = answer?.error ?? {};
    throw new ApiError(isAway(response) ? "away" : code, retryAfter);
  }

  const path = "api/conversation";
  return {
    about: () => request("GET", "api/about"),
    open: async () => (await request("POST", "api/conversations")).token,
    /** Returns the latest `turns`, or those before one, and whether there are `earlier` ones. */
    read: (token, before) => request("GET", before ? `${path}?before=${before}` : path, token),
    remove: (token) => request("DELETE", path, token),
    send(token, { id, text, button }) {
      const body = button ? { id, button } : { id, text };
      return request("POST", `${path}/messages`, token, body, REPLY_TIMEOUT);
    },
    rate: (token, id, feedback) =>
      request("PUT", `${path}/messages/${id}/feedback`, token, feedback),
    /** Returns how the case stands, and its lines after one. */
    readCase: (token, since) => request("GET", `${path}/case?since=${since}`, token),
    /** Returns a response that tells the same, and then whatever is new. */
    streamCase(token, since, signal) {
      const headers = { Authorization: `Bearer ${token}` };
      const address = new URL(`${path}/case/events?since=${since}`, server);
      return fetch(address, { headers, cache: "no-store", credentials: "omit", signal });
    },
    openCase: (token, wish) => request("POST", `${path}/case`, token, wish),
    leaveMessage: (token, message) => request("POST", `${path}/case/message`, token, message),
    endCase: (token, end) => request("POST", `${path}/case/end`, token, end),
    typeInCase: (token) => request("POST", `${path}/case/typing`, token, {}),
  };
}

function isAway({ status }) {
  return AWAY.includes(status);
}
