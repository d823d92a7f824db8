// The control API of the sandbox.
export class Refused extends Error {}

async function asked(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(found.description ?? String(answer.status));
  return found;
}

export const get = (path, query) =>
  asked("GET", query ? `${path}?${new URLSearchParams(query)}` : path);
export const post = (path, body = {}) => asked("POST", path, body);
