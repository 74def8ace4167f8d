import Localization
import Trace

/// The network and its loop by hand.
struct NumPyCode {
  private let network: GuideNetwork
  private let run: GuideRun
  private var code = LineBuilder()
  /// The gradients of which a part is there.
  private var summed: Set<String> = []

  /// The lines.
  var lines: [GuideCode.Line] { code.lines }

  init(_ network: GuideNetwork, _ run: GuideRun) {
    (self.network, self.run) = (network, run)
    code.add(0, "import numpy as np")
    addHelpers()
    code.add(0, "")
    code.add(0, "class Network:")
    addInit()
    addForward()
    addLoss()
    addBackward()
    addUpdate()
    addLoop()
  }

  private func uses(_ activation: GuideNetwork.Activation) -> Bool {
    network.parts.contains { if case .activation(activation) = $0.kind { true } else { false } }
  }

  private mutating func addHelpers() {
    if uses(.gelu) {
      code.add(0, "from scipy.special import erf")
      code.add(0, "")
      code.add(0, "# \(notInGuide("gelu"))")
      code.add(0, "def Phi(z): return 0.5 * (1 + erf(z / np.sqrt(2)))")
      code.add(0, "def phi(z): return np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)")
    }
    if uses(.silu) || uses(.sigmoid) || network.loss == .binary {
      code.add(0, "")
      if uses(.silu) { code.add(0, "# \(notInGuide("silu"))") }
      code.add(0, "def sigmoid(z): return 1 / (1 + np.exp(-z))")
    }
    guard network.loss == .crossEntropy else { return }
    code.add(0, "")
    code.add(0, "def softmax(z):")
    code.add(1, "e = np.exp(z - z.max(axis=1, keepdims=True))")
    code.add(1, "return e / e.sum(axis=1, keepdims=True)")
    guard let classes = network.parts.last(where: \.isLinear)?.node.shape.last else { return }
    code.add(0, "")
    code.add(0, "def onehot(y): return np.eye(\(classes))[y]")
  }

  private mutating func addInit() {
    code.add(1, "def __init__(self, \(run.isScript ? "state" : "rng")):")
    for parameter in network.parameters where run.isScript {
      guard let short = parameter.short else { continue }
      code.add(2, "self.\(short) = state['\(parameter.name)']\(short.hasPrefix("W") ? ".T" : "")")
    }
    var layer = 0
    for part in network.parts where !run.isScript && part.layer > layer {
      guard case .linear(let inputs, let outputs, let hasBias) = part.kind else { continue }
      layer = part.layer
      code.add(2, "self.W\(part.layer) = rng.normal(size=(\(inputs), \(outputs))) * np.sqrt(2/\(inputs))")
      if hasBias { code.add(2, "self.b\(part.layer) = np.zeros(\(outputs))") }
    }
    for parameter in network.parameters where parameter.short == nil {
      code.add(2, "# \(notInGuide(parameter.name))")
    }
    guard run.optimizer.needsMemory else { return }
    code.add(2, "self.memory = {}")
  }

  private mutating func addForward() {
    code.add(0, "")
    code.add(1, "def forward(self, X):")
    code.add(2, "self.X = X")
    for part in network.parts {
      code.add(2, forward(part) + remark(part), .runs(.forward, part.node.name))
    }
    code.add(2, "return self.\(network.output)")
  }

  private func forward(_ part: GuideNetwork.Part) -> String {
    let (x, y) = ("self.\(part.input)", "self.\(part.output)")
    switch part.kind {
    case .linear(_, _, let hasBias):
      return "\(y) = \(x) @ self.W\(part.layer)" + (hasBias ? " + self.b\(part.layer)" : "")
    case .activation(.relu): return "\(y) = np.maximum(0, \(x))"
    case .activation(.tanh): return "\(y) = np.tanh(\(x))"
    case .activation(.sigmoid): return "\(y) = sigmoid(\(x))"
    case .activation(.gelu): return "\(y) = \(x) * Phi(\(x))"
    case .activation(.silu): return "\(y) = \(x) * sigmoid(\(x))"
    case .other: return "\(y) = ..."
    }
  }

  /// A script's name for the module, and whether the guide lacks the operator.
  private func remark(_ part: GuideNetwork.Part) -> String {
    let name = run.isScript ? [part.node.group ?? part.node.name] : []
    let lack: [String] = if case .other = part.kind { [notInGuide(part.node.operation)] } else { [] }
    let remarks = name + lack
    return remarks.isEmpty ? "" : "  # " + remarks.joined(separator: ", ")
  }

  private mutating func addLoss() {
    code.add(0, "")
    code.add(1, "def loss(self, y):")
    let output = "self.\(network.output)"
    let name = network.losses.last?.name
    switch network.loss {
    case .crossEntropy?:
      let p = "self.\(network.probabilities)"
      code.add(2, "m = len(y)", .accompanies(.loss, name))
      code.add(2, "\(p) = softmax(\(output))", .accompanies(.loss, name))
      code.add(2, "return np.mean(-np.log(\(p)[range(m), y] + 1e-8))", .runs(.loss, name))
    case .meanSquare?:
      code.add(2, "# \(notInGuide("the mean square"))")
      code.add(2, "return np.mean((\(output) - y)**2)", .runs(.loss, name))
    case .binary?:
      code.add(2, "# \(notInGuide("two classes, one output"))")
      code.add(2, "p = self.P = sigmoid(\(output))", .accompanies(.loss, name))
      code.add(2, "return np.mean(-y*np.log(p) - (1-y)*np.log(1-p))", .runs(.loss, name))
    case nil:
      if network.losses.isEmpty { code.add(2, "...") }
      for node in network.losses {
        code.add(2, "...  # \(notInGuide(node.operation))", .runs(.loss, node.name))
      }
    }
  }

  private mutating func addBackward() {
    code.add(0, "")
    code.add(1, "def backward(self, y):")
    code.add(2, "m = len(y)")
    let output = network.output
    let (slope, name) = ("d\(output)", network.losses.last?.name)
    switch network.loss {
    case .crossEntropy?:
      code.add(2, "\(slope) = self.\(network.probabilities) - onehot(y)", .runs(.backward, name))
    case .meanSquare?: code.add(2, "\(slope) = 2 * (self.\(output) - y) / y[0].size", .runs(.backward, name))
    case .binary?: code.add(2, "\(slope) = (self.P - y) / y[0].size", .runs(.backward, name))
    case nil:
      for node in network.losses.reversed() {
        code.add(2, "\(slope) = ...  # \(notInGuide(node.operation))", .runs(.backward, node.name))
      }
    }
    for part in network.parts.reversed() { addBackward(part) }
    let short = network.parameters.compactMap(\.short)
    code.add(2, "return {" + short.map { "'\($0)': d\($0)" }.joined(separator: ", ") + "}")
  }

  private mutating func addBackward(_ part: GuideNetwork.Part) {
    let (dx, dy) = ("d\(part.input)", "d\(part.output)")
    let (x, y) = ("self.\(part.input)", "self.\(part.output)")
    let (name, gets) = (part.node.name, assignment(to: dx))
    switch part.kind {
    case .linear(_, _, let hasBias):
      let layer = part.layer
      let own = assignment(to: "dW\(layer)")
      code.add(2, "dW\(layer) \(own) (1/m) * \(x).T @ \(dy)", .runs(.backward, name))
      if hasBias {
        code.add(2, "db\(layer) \(own) (1/m) * np.sum(\(dy), axis=0)", .accompanies(.backward, name))
      }
      if part.input != "X" {
        code.add(2, "\(dx) \(gets) \(dy) @ self.W\(layer).T", .accompanies(.backward, name))
      }
    case .activation(.relu): code.add(2, "\(dx) \(gets) \(dy) * (\(x) > 0)", .runs(.backward, name))
    case .activation(.tanh): code.add(2, "\(dx) \(gets) \(dy) * (1 - \(y)**2)", .runs(.backward, name))
    case .activation(.sigmoid): code.add(2, "\(dx) \(gets) \(dy) * \(y) * (1 - \(y))", .runs(.backward, name))
    case .activation(.gelu):
      code.add(2, "\(dx) \(gets) \(dy) * (Phi(\(x)) + \(x) * phi(\(x)))", .runs(.backward, name))
    case .activation(.silu):
      code.add(2, "s = sigmoid(\(x))", .accompanies(.backward, name))
      code.add(2, "\(dx) \(gets) \(dy) * s * (1 + \(x) * (1 - s))", .runs(.backward, name))
    case .other:
      code.add(2, "\(dx) \(gets) ...  # \(notInGuide(part.node.operation))", .runs(.backward, name))
    }
  }

  /// How a gradient gets a part of it: the first is assigned, and others are added.
  private mutating func assignment(to gradient: String) -> String {
    summed.insert(gradient).inserted ? "=" : "+="
  }

  private mutating func addUpdate() {
    code.add(0, "")
    if run.optimizer.needsMemory { addMemory() }
    code.add(1, "def update(self, grads, lr):")
    if network.parameters.isEmpty { code.add(2, "...") }
    if !run.optimizer.isKnown, !run.optimizer.name.isEmpty {
      code.add(2, "# \(notInGuide(run.optimizer.name))")
    }
    for other in run.optimizer.others { code.add(2, "# \(notInGuide(other))") }
    for parameter in network.parameters {
      guard let short = parameter.short else {
        code.add(2, "...  # \(notInGuide(parameter.name))", .runs(.update, parameter.name))
        continue
      }
      let step =
        run.optimizer.needsMemory ? "self.step('\(short)', grads['\(short)'])" : "grads['\(short)']"
      code.add(2, "self.\(short) -= lr * \(step)", .runs(.update, parameter.name))
    }
  }

  /// The method that makes a step of a gradient, where the optimizer remembers earlier ones.
  private mutating func addMemory() {
    let settings = run.optimizer.settings
    code.add(1, "# \(notInGuide(run.optimizer.isPlainMomentum ? "momentum" : run.optimizer.name))")
    code.add(1, "def step(self, name, g):")
    switch run.optimizer.known {
    case nil: break
    case .sgd?:
      code.add(2, "v = self.memory.get(name, 0)", .accompanies(.update))
      code.add(2, "v = self.memory[name] = \(settings["momentum"] ?? "0.9") * v + g", .accompanies(.update))
      code.add(2, "return v", .accompanies(.update))
    case .rmsprop?:
      code.add(2, "s = 0.99 * self.memory.get(name, 0) + 0.01 * g**2", .accompanies(.update))
      code.add(2, "self.memory[name] = s", .accompanies(.update))
      code.add(2, "return g / (np.sqrt(s) + 1e-8)", .accompanies(.update))
    case .adam?, .adamW?:
      code.add(2, "m, v, t = self.memory.get(name, (0, 0, 0))", .accompanies(.update))
      code.add(2, "m, v, t = 0.9*m + 0.1*g, 0.999*v + 0.001*g**2, t+1", .accompanies(.update))
      code.add(2, "self.memory[name] = m, v, t", .accompanies(.update))
      code.add(2, "m, v = m / (1 - 0.9**t), v / (1 - 0.999**t)", .accompanies(.update))
      code.add(2, "return m / (np.sqrt(v) + 1e-8)", .accompanies(.update))
    }
    code.add(0, "")
  }

  private mutating func addLoop() {
    let resets = run.optimizer.resetsGradients
    code.add(0, "")
    if run.isScript {
      code.add(0, "state = {n: p.numpy() for n, p in model.state_dict().items()}")
      code.add(0, "net = Network(state)")
    } else {
      code.add(0, "net = Network(np.random.default_rng(42))")
    }
    code.add(0, "for epoch in range(\(run.epochs)):")
    code.add(1, "total = 0")
    code.add(1, "for X, y in batches(\(run.batchSize)):", .runs(.batch))
    code.add(2, "net.forward(X)", .calls(.forward))
    code.add(2, "total += net.loss(y)", .calls(.loss))
    if resets {
      code.add(
        2, "grads = net.backward(y)  # \(localized("new ones each step"))",
        [.calls(.backward)] + Self.zeroGrad)
    } else {
      code.add(2, "new = net.backward(y)", .calls(.backward))
      code.add(2, "grads = {n: grads[n] + new[n] for n in new}  # zero_grad off", Self.zeroGrad)
    }
    code.add(2, "net.update(grads, lr=\(run.learningRate))", .calls(.update))
    code.add(1, "print(epoch, total)")
  }

  /// The moment at which old gradients are forgotten.
  private static let zeroGrad: [GuideCode.Anchor] = Phase.zeroGradIfAny.map { [.runs($0)] } ?? []
}

extension OptimizerText {
  /// The optimizers whose step the programs have.
  enum Known: String {
    case sgd = "SGD"
    case adam = "Adam"
    case adamW = "AdamW"
    case rmsprop = "RMSprop"
  }

  /// Which of them it is; nil for another, of which the programs say that the guide does not have it.
  var known: Known? { Known(rawValue: name) }

  /// Whether the programs have it.
  var isKnown: Bool { known != nil }

  /// Whether a step depends on earlier ones.
  var needsMemory: Bool { isKnown && (known != .sgd || hasMomentum) }

  /// Whether it is gradient descent with momentum.
  var isPlainMomentum: Bool { known == .sgd && hasMomentum }

  private var hasMomentum: Bool { settings["momentum"].flatMap(Double.init) ?? 0 != 0 }
}

extension Phase {
  /// The phase in which gradients are reset, where a step has one.
  package static let zeroGradIfAny = allCases.first { ["zero_grad", "zeroGrad"].contains($0.name) }
}
