/** What gradients say of the loss at one probed step, over all training samples: the form in which a result keeps it. */
export interface StepBound {
  readonly step: number;
  /** Whether features are independent over samples, of a rank r < P that rows force, or a σ is below its floor. */
  readonly features: 'undecidable' | 'rank-deficient' | 'independent';
  /** Upper bound of what the readout can still take off the loss; null where nothing can be said. */
  readonly gap: number | null;
  /** ‖χΠ‖_F / errorBound, in (0, 1]. */
  readonly tightness: number | null;
  /** Of the features of all training samples; below `floor` it is rounding. */
  readonly sigmaMin: number;
  readonly floor: number;
  readonly rank: number;
  /** ‖χ‖_F. */
  readonly error: number;
  /** What the readout's gradient bounds ‖χΠ‖_F by. */
  readonly errorBound: number | null;
  /** The loss that no readout of these features avoids. */
  readonly lossFloor: number | null;
  /** Of the gradient of all layers; null where it was not computed, which of large batches it is not at every step. */
  readonly tangent: {
    /** Of the rate-weighted tangent kernel; 0 below its floor. */
    readonly lambdaMin: number;
    readonly errorBound: number | null;
    /** Upper bound of the loss. */
    readonly gap: number | null;
  } | null;
}
