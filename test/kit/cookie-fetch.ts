/**
 * `fetch` of one browser: it keeps the cookies it is given. `onRequest` may answer itself, delay, or throw; where `isLost`
 * says so the server has answered, and the browser never hears of it.
 */
export function cookieFetch(
  onRequest?: (url: string, init: RequestInit) => Promise<Response | undefined>,
  isLost?: (url: string, init: RequestInit) => boolean,
): typeof fetch & { jar: Map<string, string> } {
  const jar = new Map<string, string>();
  const browserFetch = async (
    input: RequestInfo | URL,
    init: RequestInit = {},
  ): Promise<Response> => {
    const url = String(input);
    const answered = await onRequest?.(url, init);
    if (answered !== undefined) return answered;
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers });
    if (isLost?.(url, init) === true) throw new TypeError('connection reset');
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), value);
    }
    return response;
  };
  return Object.assign(browserFetch as typeof fetch, { jar });
}
