import Autograd
import Trace

/// How an operator of PyTorch's is called in the engine: which arguments it takes, in PyTorch's order.
///
/// What the operator computes, its derivative and its cells are defined by the engine's operator.
struct TorchOperator {
  /// The engine's names of the one operator that it is; empty where it takes several.
  let engine: Set<String>
  /// Runs it.
  let run: (EngineCall) throws -> [Tensor]

  /// An operator of the engine that has other names there.
  init(_ engine: String..., run: @escaping (EngineCall) throws -> Tensor) {
    self.engine = Set(engine)
    self.run = { [try run($0)] }
  }

  /// An operator with several results.
  init(several engine: String..., run: @escaping (EngineCall) throws -> [Tensor]) {
    self.engine = Set(engine)
    self.run = run
  }

  /// The operator with PyTorch's name: in place, `add_`, and Python's own, `iadd`, are the same computation.
  static func named(_ name: String) -> TorchOperator? {
    var bare = Substring(name)
    while bare.last == "_" { bare = bare.dropLast() }
    return table(String(bare)) ?? alias[String(bare)].flatMap(table)
  }

  private static func table(_ name: String) -> TorchOperator? {
    elementwise(name) ?? arithmetic(name) ?? reduction(name) ?? product(name) ?? loss(name) ?? view(name)
      ?? selection(name)
  }

  private static let alias = [
    "iadd": "add", "radd": "add", "isub": "sub", "rsub": "sub", "imul": "mul", "rmul": "mul",
    "itruediv": "div", "idiv": "div", "rdiv": "div", "true_divide": "div", "divide": "div", "multiply": "mul",
    "subtract": "sub", "negative": "neg", "ipow": "pow", "swapaxes": "transpose", "swapdims": "transpose",
    "clip": "clamp", "absolute": "abs", "concat": "cat", "concatenate": "cat", "greater": "gt", "less": "lt",
    "special_softmax": "softmax", "special_expit": "sigmoid", "expit": "sigmoid",
    "masked_fill": "masked_fill",
  ]
}

/// Functions of one tensor's elements.
extension TorchOperator {
  static func elementwise(_ name: String) -> TorchOperator? {
    switch name {
    case "relu": TorchOperator("relu") { try $0.x.relu() }
    case "leaky_relu":
      TorchOperator("leaky_relu") {
        try $0.x.leakyReLU(negativeSlope: $0.number("negative_slope", at: 1, 0.01))
      }
    case "sigmoid": TorchOperator("sigmoid") { try $0.x.sigmoid() }
    case "tanh": TorchOperator("tanh") { try $0.x.tanh() }
    case "gelu":
      TorchOperator("gelu") {
        guard let way = GELUApproximation(rawValue: try $0.word("approximate", at: 1, "none")) else {
          throw EngineCall.Obstacle.option("approximate")
        }
        return try $0.x.gelu(approximate: way)
      }
    case "silu": TorchOperator("silu") { try $0.x.silu() }
    case "softplus":
      TorchOperator("softplus") {
        try $0.x.softplus(beta: $0.number("beta", at: 1, 1), threshold: $0.number("threshold", at: 2, 20))
      }
    case "exp": TorchOperator("exp") { try $0.x.exp() }
    case "log": TorchOperator("log") { try $0.x.log() }
    case "sqrt": TorchOperator("sqrt") { try $0.x.sqrt() }
    case "square": TorchOperator("pow") { try $0.x.square() }
    case "abs": TorchOperator("abs") { try $0.x.abs() }
    case "neg": TorchOperator("neg") { try $0.x.neg() }
    case "clamp":
      TorchOperator("clamp") {
        if case .tensor? = $0.value("min", at: 1) {
          return try $0.x.clamp(
            min: $0.tensor("min", at: 1), max: $0.optionalTensor("max", at: 2))
        }
        if case .tensor? = $0.value("max", at: 2) { return try $0.x.clamp(max: $0.tensor("max", at: 2)) }
        return try $0.x.clamp(min: $0.optionalNumber("min", at: 1), max: $0.optionalNumber("max", at: 2))
      }
    case "dropout": TorchOperator("dropout", "clone", run: dropped)
    case "float": TorchOperator("to") { try $0.x.to(.float32) }
    case "double": TorchOperator("to") { try $0.x.to(.float64) }
    case "long": TorchOperator("to") { try $0.x.to(.int64) }
    case "type_as", "to": TorchOperator("to", run: converted)
    case "detach": TorchOperator("clone") { try $0.x.detach() }
    case "clone": TorchOperator("clone") { try $0.x.clone() }
    case "contiguous": TorchOperator("contiguous") { try $0.x.contiguous() }
    default: nil
    }
  }

  /// Dropout as it was drawn in PyTorch: its result tells the mask.
  private static func dropped(_ call: EngineCall) throws -> Tensor {
    let (x, p) = (try call.x, try call.number("p", at: 1, 0.5))
    guard try call.flag("training", at: 2, true), p > 0 else {
      // Nothing is dropped: the elements are the same.
      return try x.clone()
    }
    guard let drawn = call.drawn, drawn.shape == x.shape else { throw EngineCall.Obstacle.option("p") }
    let (before, after) = (x.array(Double.self), drawn.array(Double.self))
    let mask = Tensor.empty(x.shape, x.dtype)
    mask.write { cell in
      // What was 0 before tells nothing.
      after[cell] != 0 ? (p < 1 ? 1 / (1 - p) : 0) : before[cell] != 0 || call.isNamed == false ? 0 : .nan
    }
    return try apply(DrawnDropout(mask: mask), to: [x], at: SourceLocation(file: #fileID, line: #line))
  }

  private static func converted(_ call: EngineCall) throws -> Tensor {
    guard let result = call.call.results.first, let dtype = DType(torch: result.dtype) else {
      throw EngineCall.Obstacle.option("dtype")
    }
    // Shorter numbers are rounded, which the engine does not.
    guard !["float16", "bfloat16"].contains(result.dtype) else { throw EngineCall.Obstacle.option("dtype") }
    return try call.x.to(dtype)
  }
}
