/** The element types that models of this family use. */
export type ElementType = "float32" | "int32" | "int64" | "bool";

/** An array that goes into or comes out of a network. */
export type RuntimeTensor = {
  /** The type of its elements. */
  readonly type: ElementType;
  /** The values, row-major. */
  readonly data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
  /** The length of each axis. */
  readonly shape: readonly number[];
};

/** What a network says of one of its inputs. */
export type InputMetadata = {
  /** Its name. */
  readonly name: string;
  /** Its element type, as ONNX Runtime spells it. */
  readonly type: string;
  /** The length of each axis; a string where any length will do. */
  readonly shape: readonly (number | string)[];
};

/** A network that is loaded and ready. */
export type Session = {
  /** Its inputs, in order. */
  readonly inputs: readonly InputMetadata[];
  /** Runs it once: named inputs to named outputs. */
  readonly run: (feeds: Readonly<Record<string, RuntimeTensor>>) => Promise<Readonly<Record<string, RuntimeTensor>>>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

/** A machine that runs ONNX networks. A third one is one more file that fills in this type. */
export type Runtime = {
  /** Where it computes: `cpu`, `wasm`, `webgpu` … */
  readonly device: string;
  /** Loads a network from the bytes of its ONNX file. */
  readonly open: (model: Uint8Array) => Promise<Session>;
};
