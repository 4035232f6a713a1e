export { activate, multiplyByDerivative } from './activations';
export { symmetricEigenvalues } from './eigenvalues';
export { gemm, reserve } from './gemm';
export { gramTimes } from './gram-times';
export { squareError } from './multiply-add';
export { lowerGram, multiplyByRows, multiplyRows } from './row-products';
export { singularValues } from './singular-values';
export { evaluate, train } from './training';
export { addChange } from './weights';
