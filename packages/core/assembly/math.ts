/** Of JavaScript's `Math`, which `build.mjs` hands in. */
export declare function log(x: f64): f64;
export declare function sin(x: f64): f64;
export declare function cos(x: f64): f64;
