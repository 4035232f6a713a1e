import { describe } from 'vitest';
import { engineLaws } from './engine-laws.ts';
import { ENGINES } from './engines.ts';

describe.each(ENGINES)('the $name engine', ({ engine }) => engineLaws(engine));
