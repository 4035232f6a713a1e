import { gpuLaws } from './laws-of.ts';

gpuLaws('cuda');
