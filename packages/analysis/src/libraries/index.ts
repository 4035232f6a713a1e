import type { Library } from '../interpret/library.ts';
import { python } from './python/python.ts';
import { torch } from './torch/torch.ts';

/** Every library that the analysis reads. */
export const LIBRARIES: readonly Library[] = [torch, python];
