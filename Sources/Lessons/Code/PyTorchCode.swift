import Trace

/// The network and its loop in PyTorch.
struct PyTorchCode {
  private let network: GuideNetwork
  private let run: GuideRun
  private var code = LineBuilder()

  /// The lines.
  var lines: [GuideCode.Line] { code.lines }

  init(_ network: GuideNetwork, _ run: GuideRun) {
    (self.network, self.run) = (network, run)
    code.add(0, "import torch")
    code.add(0, "import torch.nn as nn")
    code.add(0, "import torch.nn.functional as F")
    code.add(0, "")
    code.add(0, "class Network(nn.Module):")
    addInit()
    addForward()
    addLoop()
  }

  private mutating func addInit() {
    code.add(1, "def __init__(self):")
    code.add(2, "super().__init__()")
    var seen: Set<String> = []
    for part in network.parts {
      let module = module(of: part)
      switch part.kind {
      case .linear(let inputs, let outputs, let hasBias):
        let bias = hasBias ? "" : ", bias=False"
        code.add(2, "\(module) = nn.Linear(\(inputs), \(outputs)\(bias))")
        seen.insert(module)
      case .activation: break
      case .other:
        guard part.node.group != nil, seen.insert(module).inserted else { continue }
        code.add(2, "\(module) = ...  # \(notInGuide(part.node.operation))")
      }
    }
  }

  private mutating func addForward() {
    code.add(0, "")
    code.add(1, "def forward(self, x):")
    var place = 0
    while place < network.parts.count {
      let part = network.parts[place]
      var (call, nodes, comment) = (self.call(part, of: "x"), [part.node.name], self.comment(part))
      // An activation function stands around the layer that it follows, as one writes it.
      if part.isLinear, place + 1 < network.parts.count {
        let next = network.parts[place + 1]
        if case .activation = next.kind {
          call = self.call(next, of: call)
          nodes.append(next.node.name)
          comment += self.comment(next)
          place += 1
        }
      }
      place += 1
      let isLast = place == network.parts.count
      code.add(2, (isLast ? "return " : "x = ") + call + comment, nodes.map { .runs(.forward, $0) })
    }
    if network.parts.isEmpty { code.add(2, "return x") }
  }

  private func call(_ part: GuideNetwork.Part, of x: String) -> String {
    switch part.kind {
    case .linear: return "\(module(of: part))(\(x))"
    case .activation(.tanh): return "torch.tanh(\(x))"
    case .activation(.sigmoid): return "torch.sigmoid(\(x))"
    case .activation(let activation): return "F.\(activation.rawValue)(\(x))"
    case .other:
      return part.node.group == nil ? "torch.\(part.node.operation)(\(x), ...)" : "\(module(of: part))(\(x))"
    }
  }

  private func comment(_ part: GuideNetwork.Part) -> String {
    switch part.kind {
    case .linear, .activation(.relu), .activation(.tanh), .activation(.sigmoid): ""
    case .activation(let activation): "  # \(notInGuide(activation.rawValue))"
    case .other: "  # \(notInGuide(part.node.operation))"
    }
  }

  /// A module as `forward` calls it: `self.encoder[0].fc1`.
  private func module(of part: GuideNetwork.Part) -> String {
    (part.node.group ?? part.node.name).split(separator: ".").reduce("self") {
      $0 + (Int($1) == nil ? ".\($1)" : "[\($1)]")
    }
  }

  private mutating func addLoop() {
    code.add(0, "")
    code.add(0, "model = Network()")
    addCriterion()
    addOptimizer()
    code.add(0, "")
    code.add(0, "for epoch in range(\(run.epochs)):")
    code.add(1, "total = 0")
    code.add(1, "for X, y in loader:", .runs(.batch))
    let resets = run.optimizer.resetsGradients
    let reset = Phase.zeroGradIfAny.map { [GuideCode.Anchor.runs($0)] } ?? []
    code.add(2, resets ? "optimizer.zero_grad()" : "# optimizer.zero_grad() is off", reset)
    code.add(2, "outputs = model(X)", .calls(.forward))
    code.add(2, "loss = criterion(outputs, y)", network.losses.map { .runs(.loss, $0.name) })
    code.add(2, "loss.backward()", .runs(.backward))
    for other in run.optimizer.others { code.add(2, "# \(notInGuide(other))") }
    code.add(2, "optimizer.step()", .runs(.update))
    code.add(2, "total += loss.item()", network.losses.last.map { [.accompanies(.loss, $0.name)] } ?? [])
    code.add(1, "print(epoch, total)")
  }

  private mutating func addCriterion() {
    switch network.loss {
    case .crossEntropy?: code.add(0, "criterion = nn.CrossEntropyLoss()")
    case .meanSquare?: code.add(0, "criterion = nn.MSELoss()  # \(notInGuide("nn.MSELoss"))")
    case .binary?: code.add(0, "criterion = nn.BCEWithLogitsLoss()  # \(notInGuide("nn.BCEWithLogitsLoss"))")
    case nil:
      let names = network.losses.map(\.operation).joined(separator: ", ")
      code.add(0, "criterion = ...  # \(notInGuide(names))")
    }
  }

  private mutating func addOptimizer() {
    let optimizer = run.optimizer
    let settings = ["lr", "momentum", "weight_decay"].compactMap { name in
      optimizer.settings[name].map { ", \(name)=\($0)" }
    }.joined()
    guard optimizer.isKnown else {
      return code.add(0, "optimizer = ...  # \(notInGuide(optimizer.name))")
    }
    code.add(0, "optimizer = torch.optim.\(optimizer.name)(model.parameters()\(settings))")
  }
}
