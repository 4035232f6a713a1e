export { activate, multiplyByDerivative } from './activations';
export { gemm, reserve } from './gemm';
export { multiplyByRows, multiplyRows } from './row-products';
export { adam, addChange, addMultiple } from './weights';
