import Autograd
import Trace

/// The same elements in another shape, or some of them.
extension TorchOperator {
  static func view(_ name: String) -> TorchOperator? {
    switch name {
    case "view", "reshape":
      TorchOperator(name) {
        let sizes = try $0.sizes(name == "view" ? "size" : "shape", at: 1)
        return name == "view" && $0.isNamed ? try $0.x.view(sizes) : try $0.x.reshape(sizes)
      }
    case "view_as", "reshape_as":
      TorchOperator("reshape") { try $0.x.reshape(Array($0.tensor("other", at: 1).shape)) }
    case "flatten":
      TorchOperator("flatten") {
        try $0.x.flatten(startDim: $0.whole("start_dim", at: 1, 0), endDim: $0.whole("end_dim", at: 2, -1))
      }
    case "expand": TorchOperator("expand") { try $0.x.expand($0.sizes("size", at: 1)) }
    case "expand_as": TorchOperator("expand") { try $0.x.expand(Array($0.tensor("other", at: 1).shape)) }
    case "permute": TorchOperator("permute") { try $0.x.permute($0.sizes("dims", at: 1)) }
    case "transpose":
      TorchOperator("transpose") { try $0.x.transpose($0.whole("dim0", at: 1), $0.whole("dim1", at: 2)) }
    case "t": TorchOperator("t") { try $0.x.t() }
    case "T": TorchOperator("permute") { try $0.x.T }
    case "mT": TorchOperator("transpose") { try $0.x.transpose(-2, -1) }
    case "squeeze":
      TorchOperator("squeeze") {
        guard let dims = try $0.wholes("dim", at: 1) else { return try $0.x.squeeze() }
        return try $0.x.squeeze(dims: dims)
      }
    case "unsqueeze": TorchOperator("unsqueeze") { try $0.x.unsqueeze(dim: $0.whole("dim", at: 1)) }
    default: nil
    }
  }

  static func selection(_ name: String) -> TorchOperator? {
    switch name {
    case "narrow":
      TorchOperator("narrow") {
        try $0.x.narrow(
          dim: $0.whole("dim", at: 1), start: $0.whole("start", at: 2), length: $0.whole("length", at: 3))
      }
    case "select":
      TorchOperator("select") {
        try $0.x.select(dim: $0.whole("dim", at: 1), index: $0.whole("index", at: 2))
      }
    case "split":
      TorchOperator(several: "narrow") { call in
        let (x, dim) = (try call.x, try call.whole("dim", at: 2, 0))
        let name =
          call.call.arguments.contains { $0.name == "split_size" } ? "split_size" : "split_size_or_sections"
        if let parts = try call.wholes(name, at: 1), parts.count > 1 || !call.isOneSize(name) {
          return try pieces(of: x, dim, parts)
        }
        let (size, length) = (try call.whole(name, at: 1), x.size(dim) ?? 0)
        return try pieces(of: x, dim, sizes(length, of: max(1, size)))
      }
    case "chunk":
      TorchOperator(several: "narrow") { call in
        let (x, dim) = (try call.x, try call.whole("dim", at: 2, 0))
        let (count, length) = (max(1, try call.whole("chunks", at: 1)), x.size(dim) ?? 0)
        return try pieces(of: x, dim, sizes(length, of: max(1, (length + count - 1) / count)))
      }
    case "unbind":
      TorchOperator(several: "select") { call in
        let (x, dim) = (try call.x, try call.whole("dim", at: 1, 0))
        return try (0..<(x.size(dim) ?? 0)).map { try x.select(dim: dim, index: $0) }
      }
    case "getitem": TorchOperator("select", "slice", "unsqueeze", run: indexed)
    default: nil
    }
  }

  /// As many equal sizes as fit into a length, and the rest.
  private static func sizes(_ length: Int, of size: Int) -> [Int] {
    stride(from: 0, to: length, by: size).map { min(size, length - $0) }
  }

  private static func pieces(of x: Tensor, _ dim: Int, _ sizes: [Int]) throws -> [Tensor] {
    var start = 0
    return try sizes.map { size in
      defer { start += size }
      return try x.narrow(dim: dim, start: start, length: size)
    }
  }

  /// `x[:, -1]`: numbers, slices, None and `…`; tensors are not taken as indices.
  private static func indexed(_ call: EngineCall) throws -> Tensor {
    guard let index = call.value("index", at: 1) else { throw EngineCall.Obstacle.option("index") }
    var parts = [index]
    if case .list(let several) = index { parts = several }
    var x = try call.x
    let taken = parts.count { part in if case .none = part { false } else { part != .ellipsis } }
    var (dim, steps) = (0, 0)
    for part in parts {
      var isStep = true
      switch part {
      case .whole(let place):
        if steps > 0 { try call.takesSeveral() }
        x = try x.select(dim: dim, index: place)
      case .slice(let bounds):
        isStep = bounds.contains { $0 != .none }
        if isStep {
          if steps > 0 { try call.takesSeveral() }
          x = try sliced(x, dim, bounds)
        }
        dim += 1
      case .none:
        if steps > 0 { try call.takesSeveral() }
        x = try x.unsqueeze(dim: dim)
        dim += 1
      case .ellipsis:
        isStep = false
        dim += try call.x.rank - taken
      default: throw EngineCall.Obstacle.option("index")
      }
      if isStep { steps += 1 }
    }
    return x
  }

  private static func sliced(_ x: Tensor, _ dim: Int, _ bounds: [OperatorCall.Value]) throws -> Tensor {
    func bound(_ place: Int, _ usual: Int) throws -> Int {
      guard bounds.indices.contains(place) else { return usual }
      switch bounds[place] {
      case .whole(let whole): return whole
      case .none: return usual
      default: throw EngineCall.Obstacle.option("index")
      }
    }
    return try x.slice(dim: dim, start: bound(0, 0), end: bound(1, .max), step: bound(2, 1))
  }
}

extension EngineCall {
  /// Whether a size is given as one number.
  fileprivate func isOneSize(_ name: String) -> Bool {
    if case .whole? = value(name, at: 1) { true } else { false }
  }
}
