export { activate, multiplyByDerivative } from './activations';
export { gemm, reserve } from './gemm';
export { multiplyByRows, multiplyRows } from './row-products';
export { evaluate, train } from './training';
export { addChange } from './weights';
