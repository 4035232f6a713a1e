import { join } from 'node:path';
import process from 'node:process';
import { userCacheFolder } from '../../files/cache-folder.ts';

/** Where `widthwise engines install` puts what an engine needs. */
export function engineFolder(name: 'onnx' | 'tensorflow'): string {
  return join(userCacheFolder(process.env), 'widthwise', 'engines', name);
}
