import Autograd

/// Every operator of the engine: the tests of gradients and of cells go through them.
enum OperatorTable {
  static let all = elementwise + reductions + products + views + indexing + losses + normalizations

  /// A call of an operator.
  struct Call {
    let operation: any Operator
    let inputs: [Tensor]
  }

  /// Every operator's samples, as the calls that they make.
  static func calls() throws -> [(name: String, step: Call)] {
    try all.flatMap { info in
      try info.samples.flatMap { sample in
        let recorder = CallRecorder()
        _ = try ExecutionContext(observer: recorder).run { try sample.body(sample.inputs()) }
        return recorder.steps.filter { $0.operation.info === info }.map { step in
          (info.name, Call(operation: step.operation, inputs: step.inputs.map { $0.detach() }))
        }
      }
    }
  }

  private static let elementwise: [OperatorInfo] = [
    .add, .sub, .mul, .div, .neg, .pow, .maximum, .minimum, .where, .to, .exp, .log, .sqrt, .abs, .relu,
    .leakyReLU, .silu, .softplus, .sigmoid, .tanh, .gelu, .clamp, .dropout, .eq, .ne, .lt, .le, .gt, .ge,
  ]
  private static let reductions: [OperatorInfo] = [
    .sum, .mean, .var, .std, .max, .min, .amax, .amin, .argmax, .argmin, .softmax, .logSoftmax, .logsumexp,
  ]
  private static let products: [OperatorInfo] = [.matmul, .mm, .dot, .linear]
  private static let views: [OperatorInfo] = [
    .reshape, .view, .flatten, .squeeze, .unsqueeze, .permute, .transpose, .t, .expand, .clone, .contiguous,
    .slice, .narrow, .select,
  ]
  private static let indexing: [OperatorInfo] = [.indexSelect, .embedding, .gather, .cat, .stack]
  private static let losses: [OperatorInfo] = [
    .crossEntropy, .nllLoss, .mseLoss, .l1Loss, .huberLoss, .smoothL1Loss, .binaryCrossEntropy,
  ]
  private static let normalizations: [OperatorInfo] = [.layerNorm, .batchNorm]
}

/// Keeps the calls of operators that run.
final class CallRecorder: Observer {
  private(set) var steps: [ForwardStep] = []

  func willRunForward(_ step: ForwardStep) {}
  func didRunForward(_ step: ForwardStep, output: Tensor) { steps.append(step) }
  func willRunBackward(_ node: Node, upstream: Tensor) {}
  func didRunBackward(_ node: Node, upstream: Tensor, contributions: [Tensor?]) {}
  func willUpdate(_ parameter: Tensor) {}
  func didUpdate(_ parameter: Tensor) {}
  func willEnter(_ module: AnyObject) {}
  func didLeave(_ module: AnyObject) {}

  /// The operators that run in `body`.
  static func infos(_ body: () throws -> Void) rethrows -> [OperatorInfo] {
    let recorder = CallRecorder()
    try ExecutionContext(observer: recorder).run(body)
    return recorder.steps.map(\.operation.info)
  }
}
