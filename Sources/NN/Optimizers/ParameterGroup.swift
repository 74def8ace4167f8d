import Autograd

/// Parameters of an optimizer with a learning rate or a weight decay of their own.
///
/// ```swift
/// let groups = [ParameterGroup(body), ParameterGroup(head, learningRate: 0.01)]
/// let optimizer = SGD(groups: groups, learningRate: 0.1)
/// ```
/// **Source**: <https://pytorch.org/docs/stable/optim.html#per-parameter-options>
public struct ParameterGroup {
  /// The parameters, as of a module's `namedParameters()`.
  public let parameters: [Optimizer.NamedParameter]
  /// The size of a step; nil for the optimizer's.
  public let learningRate: Double?
  /// The weight decay; nil for the optimizer's.
  public let weightDecay: Double?

  /// A group of parameters.
  public init(
    _ parameters: [Optimizer.NamedParameter], learningRate: Double? = nil, weightDecay: Double? = nil
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }
}

/// What the groups of an optimizer have of their own.
struct GroupSettings {
  /// The settings of one group; nil for the optimizer's.
  struct Own {
    var learningRate: Double?
    var weightDecay: Double?
  }

  var own: [Own]
  /// The group of each parameter.
  private let groupOfParameter: [Int]
  private let groupOfName: [String: Int]

  init(_ groups: [ParameterGroup]) {
    own = groups.map { Own(learningRate: $0.learningRate, weightDecay: $0.weightDecay) }
    groupOfParameter = groups.enumerated().flatMap { index, group in group.parameters.map { _ in index } }
    let names = groups.enumerated().flatMap { index, group in group.parameters.map { ($0.name, index) } }
    groupOfName = Dictionary(names, uniquingKeysWith: { first, _ in first })
  }

  subscript(parameter index: Int) -> Own { own[groupOfParameter[index]] }
  subscript(name name: String) -> Own { groupOfName[name].map { own[$0] } ?? Own() }
}

/// An optimizer whose parameters may be in groups.
protocol GroupedOptimizer: Optimizer {
  var weightDecay: Double { get set }
  var groups: GroupSettings { get set }
}

extension GroupedOptimizer {
  /// The learning rate of a parameter.
  func rate(of index: Int) -> Double { groups[parameter: index].learningRate ?? learningRate }
  /// The weight decay of a parameter.
  func decay(of index: Int) -> Double { groups[parameter: index].weightDecay ?? weightDecay }
  /// The learning rate of a cell's parameter.
  func rate(of cell: ParameterCell) -> Double { groups[name: cell.parameter].learningRate ?? learningRate }
  /// The weight decay of a cell's parameter.
  func decay(of cell: ParameterCell) -> Double { groups[name: cell.parameter].weightDecay ?? weightDecay }

  /// The optimizer's own rate, and those of the groups that have one.
  var allRates: [Double] {
    get { [learningRate] + groups.own.compactMap(\.learningRate) }
    set {
      var rates = newValue[...]
      learningRate = rates.popFirst() ?? learningRate
      for index in groups.own.indices where groups.own[index].learningRate != nil {
        groups.own[index].learningRate = rates.popFirst() ?? groups.own[index].learningRate
      }
    }
  }

  /// What groups have of their own as settings: `group1.lr`, counted from 0.
  var groupSlots: [HyperparameterSlot] {
    groups.own.enumerated().flatMap { index, own in
      [
        ("lr", own.learningRate, \GroupSettings.Own.learningRate),
        ("weight_decay", own.weightDecay, \.weightDecay),
      ]
      .compactMap { name, value, path in
        value == nil
          ? nil
          : HyperparameterSlot(
            name: "group\(index).\(name)", range: .notNegative,
            get: { self.groups.own[index][keyPath: path] ?? 0 },
            set: { self.groups.own[index][keyPath: path] = $0 })
      }
    }
  }
}
