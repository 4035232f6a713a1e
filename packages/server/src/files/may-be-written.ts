import { access, constants, stat } from 'node:fs/promises';

/** Whether a file is one that its owner lets be written, or is not there. */
export async function mayBeWritten(file: string): Promise<boolean> {
  try {
    const { mode } = await stat(file);
    // Whoever may write everything still keeps what its owner has made read-only.
    if ((mode & 0o222) === 0) return false;
    await access(file, constants.W_OK);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    if (code === 'ENOENT' || code === 'ENOTDIR') return true;
    throw error;
  }
}
