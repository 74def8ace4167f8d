import Autograd

/// An optimizer whose parameters may be in groups, and which remembers tensors of their shapes.
///
/// What ``SGD``, ``Adam`` and ``RMSprop`` have in common, as `torch.optim.Optimizer` is in PyTorch.
public class GroupedOptimizer: Optimizer {
  /// The name in PyTorch.
  public let name: String
  /// The parameters that it changes, each under a name of its own: a second `weight` is `weight_2`.
  public let parameters: [NamedParameter]
  /// The size of a step.
  public var learningRate: Double
  /// How much of the parameter itself is added to its gradient; in ``AdamW``, how much of it is taken off in a step,
  /// times the learning rate.
  public var weightDecay: Double
  /// The learning rates when the first schedule was made; nil before.
  public final var initialLearningRates: [Double]?
  private var groups: GroupSettings
  private var isChecked = false
  var memory: OptimizerMemory

  init(
    _ name: String, groups: [ParameterGroup], learningRate: Double, weightDecay: Double, slots: [String],
    countsSteps: Bool = false
  ) {
    self.name = name
    parameters = GroupedOptimizer.uniquelyNamed(groups.flatMap(\.parameters))
    self.groups = GroupSettings(groups, names: parameters.map(\.name))
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    memory = OptimizerMemory(slots: slots, countsSteps: countsSteps, for: parameters)
  }

  /// The settings besides the learning rate and the weight decay.
  var ownSettings: [HyperparameterSlot] { [] }

  /// Throws before the first step where PyTorch would not make the optimizer: a setting is out of its range, or a
  /// parameter was given twice.
  public final func willStep() throws {
    guard !isChecked else { return }
    try check()
    isChecked = true
  }

  func check() throws {
    try settings.check(of: name)
    var seen: Set<ObjectIdentifier> = []
    for parameter in parameters where !seen.insert(ObjectIdentifier(parameter.tensor)).inserted {
      throw NNError.repeatedParameter(of: name, name: parameter.name)
    }
  }

  /// Changes one parameter that has a gradient.
  public func update(_ index: Int, _ parameter: Tensor, gradient: Tensor) {}
  /// The step's formula with the numbers of one cell, line by line.
  public func formula(for cell: ParameterCell) -> [String] { [] }
  /// The step in NumPy, line by line, with weight decay or without it.
  func numpyLines(for parameter: String, decays: Bool) -> [String] { [] }
  /// The name, the learning rate, and the momentum where there is one.
  public final var summary: String { ownSummary }

  /// The step in NumPy, line by line.
  public final func numpyLines(for parameter: String) -> [String] {
    numpyLines(for: parameter, decays: weightDecay != 0)
  }

  /// The step in NumPy for one of its parameters, whose group may have a weight decay of its own.
  package final func numpyLines(for name: String, of parameter: Tensor) -> [String] {
    guard let index = parameters.firstIndex(where: { $0.tensor === parameter }) else { return [] }
    return numpyLines(for: name, decays: decay(of: index) != 0)
  }

  /// The parameters of several modules, whose names need not differ, under names that do.
  private static func uniquelyNamed(_ parameters: [NamedParameter]) -> [NamedParameter] {
    var taken: [String: Tensor] = [:]
    return parameters.map { name, tensor in
      var (unique, number) = (name, 1)
      while let other = taken[unique], other !== tensor {
        number += 1
        unique = "\(name)_\(number)"
      }
      taken[unique] = tensor
      return (unique, tensor)
    }
  }

  /// What it remembers, by name.
  public final var state: [NamedParameter] { memory.state }
  /// Takes over a saved state.
  public final func loadState(_ state: [NamedParameter]) throws {
    memory = try memory.loading(state, of: name)
  }

  /// The learning rate, and those that groups have of their own.
  public final var learningRates: [Double] {
    get { [learningRate] + groups.own.compactMap(\.learningRate) }
    set {
      var rates = newValue[...]
      learningRate = rates.popFirst() ?? learningRate
      for index in groups.own.indices where groups.own[index].learningRate != nil {
        groups.own[index].learningRate = rates.popFirst() ?? groups.own[index].learningRate
      }
    }
  }

  /// The settings under PyTorch's names, with their current values.
  public final var hyperparameters: [Hyperparameter] { settings.current }
  /// Changes a setting by its name in PyTorch.
  public final func setHyperparameter(_ name: String, to value: Double) throws {
    try settings.set(name, to: value, of: self.name)
  }

  private var settings: [HyperparameterSlot] {
    [HyperparameterSlot("lr", .notNegative, self, \.learningRate)] + ownSettings
      + [HyperparameterSlot("weight_decay", .notNegative, self, \.weightDecay)]
      + groups.own.enumerated().flatMap { index, own in
        groupSetting("lr", \.learningRate, of: own, index)
          + groupSetting("weight_decay", \.weightDecay, of: own, index)
      }
  }

  /// What a group has of its own as a setting: `group1.lr`, counted from 0.
  private func groupSetting(
    _ name: String, _ path: WritableKeyPath<GroupSettings.Own, Double?>, of own: GroupSettings.Own,
    _ index: Int
  ) -> [HyperparameterSlot] {
    guard own[keyPath: path] != nil else { return [] }
    return [
      HyperparameterSlot(
        name: "group\(index).\(name)", range: .notNegative,
        get: { self.groups.own[index][keyPath: path] ?? 0 },
        set: { self.groups.own[index][keyPath: path] = $0 })
    ]
  }

  /// The learning rate of a parameter.
  final func rate(of index: Int) -> Double { groups[parameter: index].learningRate ?? learningRate }
  /// The weight decay of a parameter.
  final func decay(of index: Int) -> Double { groups[parameter: index].weightDecay ?? weightDecay }
  /// The learning rate of a cell's parameter.
  final func rate(of cell: ParameterCell) -> Double {
    groups[name: cell.parameter].learningRate ?? learningRate
  }
  /// The weight decay of a cell's parameter.
  final func decay(of cell: ParameterCell) -> Double {
    groups[name: cell.parameter].weightDecay ?? weightDecay
  }
}
