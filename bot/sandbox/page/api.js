// The control API of the sandbox.
export class Refused extends Error {}

async function asked(method, path, body, signal) {
  const answer = await fetch(path, {
    method,
    signal,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(found.description ?? String(answer.status));
  return found;
}

export const get = (path, query, signal) =>
  asked("GET", query ? `${path}?${new URLSearchParams(query)}` : path, undefined, signal);
export const post = (path, body = {}) => asked("POST", path, body);
