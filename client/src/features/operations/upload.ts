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
    const { error } = JSON.parse(String(response)) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' ? error.code : null;
  } catch {
    return null;
  }
}
