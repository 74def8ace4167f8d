import Autograd
import Trace

/// Products, tables, and losses.
extension TorchOperator {
  static func product(_ name: String) -> TorchOperator? {
    switch name {
    case "linear":
      TorchOperator("linear") {
        try $0.x.linear(weight: $0.tensor("weight", at: 1), bias: $0.optionalTensor("bias", at: 2))
      }
    case "matmul", "bmm": TorchOperator("matmul") { try $0.x.matmul($0.tensor("other", at: 1)) }
    case "mm": TorchOperator("mm") { try $0.x.mm($0.tensor("mat2", at: 1)) }
    case "dot": TorchOperator("dot") { try $0.x.dot($0.tensor("other", at: 1)) }
    case "addmm":
      TorchOperator {
        try $0.takesSeveral()
        try $0.refuse("beta", "alpha")
        return try $0.tensor("mat1", at: 1).matmul($0.tensor("mat2", at: 2)).add($0.x)
      }
    case "scaled_dot_product_attention": TorchOperator(run: attention)
    case "embedding":
      TorchOperator("embedding") {
        try $0.refuse("max_norm", "scale_grad_by_freq")
        let padding = try $0.whole("padding_idx", at: 2, -1)
        return try $0.tensor("weight", at: 1).embedding($0.x, paddingIndex: padding < 0 ? nil : padding)
      }
    case "gather":
      TorchOperator("gather") { try $0.x.gather(dim: $0.whole("dim", at: 1), $0.tensor("index", at: 2)) }
    case "index_select":
      TorchOperator("index_select") {
        try $0.x.indexSelect(dim: $0.whole("dim", at: 1), $0.tensor("index", at: 2))
      }
    case "cat":
      TorchOperator("cat") { try Tensor.cat($0.tensors("tensors", at: 0), dim: $0.whole("dim", at: 1, 0)) }
    case "stack":
      TorchOperator("stack") {
        try Tensor.stack($0.tensors("tensors", at: 0), dim: $0.whole("dim", at: 1, 0))
      }
    default: nil
    }
  }

  /// softmax(q·kᵀ ÷ √d + mask)·v.
  private static func attention(_ call: EngineCall) throws -> Tensor {
    try call.takesSeveral()
    guard try call.number("dropout_p", at: 4, 0) == 0, try !call.flag("is_causal", at: 5),
      try !call.flag("enable_gqa", at: 7)
    else { throw EngineCall.Obstacle.option("dropout_p, is_causal") }
    let (query, key) = (try call.x, try call.tensor("key", at: 1))
    let scale = try call.number("scale", at: 6, 1 / Double(query.shape.last ?? 1).squareRoot())
    var scores = try query.matmul(key.transpose(-2, -1)).mul(scale)
    if let mask = try call.optionalTensor("attn_mask", at: 3) {
      let least = Tensor.empty([], scores.dtype).filled(with: -.infinity)
      scores = mask.dtype == .bool ? try Tensor.where(mask, scores, least) : try scores.add(mask)
    }
    return try scores.softmax(dim: -1).matmul(call.tensor("value", at: 2))
  }

  static func loss(_ name: String) -> TorchOperator? {
    switch name {
    case "cross_entropy":
      TorchOperator("cross_entropy") {
        try $0.x.crossEntropy(
          $0.tensor("target", at: 1), weight: $0.optionalTensor("weight", at: 2),
          reduction: $0.reduction(at: 6), labelSmoothing: $0.number("label_smoothing", at: 7, 0),
          ignoreIndex: $0.whole("ignore_index", at: 4, -100))
      }
    case "nll_loss":
      TorchOperator("nll_loss") {
        try $0.x.nllLoss(
          $0.tensor("target", at: 1), weight: $0.optionalTensor("weight", at: 2),
          reduction: $0.reduction(at: 6), ignoreIndex: $0.whole("ignore_index", at: 4, -100))
      }
    case "mse_loss":
      TorchOperator("mse_loss") {
        try $0.refuse("weight")
        return try $0.x.mseLoss($0.tensor("target", at: 1), reduction: $0.reduction(at: 4))
      }
    case "l1_loss":
      TorchOperator("l1_loss") {
        try $0.refuse("weight")
        return try $0.x.l1Loss($0.tensor("target", at: 1), reduction: $0.reduction(at: 4))
      }
    case "huber_loss":
      TorchOperator("huber_loss") {
        try $0.refuse("weight")
        return try $0.x.huberLoss(
          $0.tensor("target", at: 1), delta: $0.number("delta", at: 3, 1), reduction: $0.reduction(at: 2))
      }
    case "smooth_l1_loss":
      TorchOperator("smooth_l1_loss") {
        try $0.x.smoothL1Loss(
          $0.tensor("target", at: 1), beta: $0.number("beta", at: 5, 1), reduction: $0.reduction(at: 4))
      }
    case "binary_cross_entropy_with_logits":
      TorchOperator("binary_cross_entropy_with_logits") {
        let (target, reduction) = (try $0.tensor("target", at: 1), try $0.reduction(at: 5))
        let weight = try $0.optionalTensor("weight", at: 2)
        let positive = try $0.optionalTensor("pos_weight", at: 6)
        guard weight != nil || positive != nil else {
          return try $0.x.binaryCrossEntropyWithLogits(target, reduction: reduction)
        }
        try $0.takesSeveral()
        return try $0.x.binaryCrossEntropyWithLogits(
          target, weight: weight, positiveWeights: positive, reduction: reduction)
      }
    default: nil
    }
  }
}
