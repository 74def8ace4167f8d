import Autograd

extension Module {
  /// Every parameter and buffer under its path, in PyTorch's order; the tensors themselves, not copies.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.state_dict>
  public func stateDict() -> [NamedParameter] {
    namedModules().flatMap { path, module in
      (module.ownParameters + module.ownBuffers).map {
        (path.isEmpty ? $0.name : "\(path).\($0.name)", $0.tensor)
      }
    }
  }

  /// Copies saved values into the parameters and buffers of the same names, converted to their types.
  ///
  /// - Throws: ``NNError`` if a shape differs, or, when `strict`, if the names are not exactly the model's;
  ///   nothing is changed then.
  /// - Source:
  ///   <https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict>
  public func loadStateDict(_ state: [NamedParameter], strict: Bool = true) throws {
    let own = stateDict()
    let given = Dictionary(state.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
    let ownNames = Set(own.map(\.name))
    let missing = own.map(\.name).filter { given[$0] == nil }
    let unexpected = state.map(\.name).filter { !ownNames.contains($0) }
    guard !strict || missing.isEmpty && unexpected.isEmpty else {
      throw NNError.stateNames(of: className, missing: missing, unexpected: unexpected)
    }
    for (name, tensor) in own {
      guard let saved = given[name], saved.shape != tensor.shape else { continue }
      throw NNError.stateShape(of: className, name: name, got: saved.shape, expected: tensor.shape)
    }
    try noGrad {
      for (name, tensor) in own {
        if let saved = given[name] { try tensor.copy(from: saved) }
      }
    }
  }
}
