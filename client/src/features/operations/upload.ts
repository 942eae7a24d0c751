/** What became of an upload; the code is the server's. */
export type UploadOutcome = { readonly ok: true } | { readonly ok: false; readonly code: string | null };

/** Sends a file, telling how much of it is sent, from 0 to 1. `fetch` would not tell. */
export function upload(path: string, file: Blob, onProgress: (share: number) => void): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      resolve(request.status === 201 ? { ok: true } : { ok: false, code: codeIn(request.response) });
    request.onerror = () => resolve({ ok: false, code: null });
    request.open('POST', path);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
  });
}

function codeIn(response: unknown): string | null {
  try {
    const { errors } = JSON.parse(String(response)) as { errors?: { extensions?: { code?: unknown } }[] };
    const code = errors?.[0]?.extensions?.code;
    return typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}
