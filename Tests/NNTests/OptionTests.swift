import Autograd
import NN
import Testing

/// Options of optimizers, schedules and layers, with PyTorch 2.15's numbers.
struct OptionTests {
  /// p = torch.tensor([1., -2.]) after three steps with the gradients [0.5, -0.3], [1, -0.3], [0.1, -0.3].
  private func trained(_ make: ([Optimizer.NamedParameter]) -> any Optimizer) throws -> [Double] {
    let parameter = Tensor([1, -2], requiresGrad: true)
    let optimizer = make([("w", parameter)])
    for gradient in [0.5, 1, 0.1] as [Float] {
      parameter.grad = Tensor([gradient, -0.3])
      let memory = optimizer.state.map {
        (String($0.name.dropFirst(2)), $0.tensor.array(Double.self).first ?? 0)
      }
      let cell = ParameterCell(
        parameter: "w", value: parameter.array(Double.self)[0], gradient: Double(gradient),
        memory: Dictionary(uniqueKeysWithValues: memory))
      let text = optimizer.formula(for: cell).last?.split(separator: "=").last ?? ""
      try optimizer.step()
      let said = Double(text.filter { $0 != " " }.replacing("−", with: "-")) ?? .nan
      #expect(abs(said - parameter.array(Double.self)[0]) < 1e-3, "\(optimizer.name): \(text)")
    }
    return parameter.array(Double.self)
  }

  private func isClose(_ got: [Double], _ expected: [Double]) -> Bool {
    got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) <= 2e-6 * max(1, abs($1)) }
  }

  // SGD(lr=.1, momentum=.9, dampening=.4); SGD(lr=.1, momentum=.9, weight_decay=.1, maximize=True);
  // SGD(lr=.1, weight_decay=.1, maximize=True)
  @Test func descentWithDampeningAndAscent() throws {
    #expect(
      isClose(
        try trained { SGD($0, learningRate: 0.1, momentum: 0.9, dampening: 0.4) }, [0.74449998, -1.8665]))
    #expect(
      isClose(
        try trained { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.1, maximize: true) },
        [1.27698396, -2.05562091]))
    #expect(
      isClose(
        try trained { SGD($0, learningRate: 0.1, weightDecay: 0.1, maximize: true) },
        [1.12830389, -2.0297007]))
  }

  // Adam(lr=.1, betas=(.5, .5), amsgrad=True), without amsgrad, AdamW(…, amsgrad=True, weight_decay=.1)
  @Test func theGreatestSquareOfAMSGrad() throws {
    let adam = try trained { Adam($0, learningRate: 0.1, beta1: 0.5, beta2: 0.5, amsgrad: true) }
    #expect(isClose(adam, [0.75210446, -1.69999993]))
    #expect(
      isClose(try trained { Adam($0, learningRate: 0.1, beta1: 0.5, beta2: 0.5) }, [0.73134279, -1.69999993]))
    let decoupled = try trained {
      AdamW($0, learningRate: 0.1, beta1: 0.5, beta2: 0.5, weightDecay: 0.1, amsgrad: true)
    }
    #expect(isClose(decoupled, [0.72535574, -1.64358795]))
  }

  // g = [{'params': [p]}, {'params': [q], 'lr': .01, 'weight_decay': .5}], p = q = 1, two steps with gradients of 0.5
  @Test func groupsHaveARateAndADecayOfTheirOwn() throws {
    let kinds: [(([ParameterGroup]) -> any Optimizer, [Double])] = [
      ({ SGD(groups: $0, learningRate: 0.1, momentum: 0.9) }, [0.85499996, 0.97105003]),
      ({ Adam(groups: $0, learningRate: 0.1) }, [0.8, 0.98000133]),
      ({ AdamW(groups: $0, learningRate: 0.1, weightDecay: 0.1) }, [0.78110003, 0.97007501]),
      ({ RMSprop(groups: $0, learningRate: 0.1) }, [-0.7088809, 0.83094335]),
    ]
    for (make, expected) in kinds {
      let (p, q) = (Tensor([1.0], requiresGrad: true), Tensor([1.0], requiresGrad: true))
      let optimizer = make([
        ParameterGroup([("p", p)]), ParameterGroup([("q", q)], learningRate: 0.01, weightDecay: 0.5),
      ])
      #expect(optimizer.parameters.map(\.name) == ["p", "q"])
      for _ in 0..<2 {
        (p.grad, q.grad) = (Tensor([0.5]), Tensor([0.5]))
        try optimizer.step()
      }
      #expect(isClose(p.array(Double.self) + q.array(Double.self), expected), "\(optimizer.name)")
      #expect(optimizer.learningRates == [0.1, 0.01])
      #expect(
        optimizer.hyperparameters.suffix(2)
          == [
            Hyperparameter(name: "group1.lr", value: 0.01),
            Hyperparameter(name: "group1.weight_decay", value: 0.5),
          ])
      try optimizer.setHyperparameter("group1.lr", to: 0.25)
      #expect(optimizer.learningRates == [0.1, 0.25])
      let cell = ParameterCell(parameter: "q", value: 1, gradient: 0)
      // AdamW shows the decay as 1 − 0.25 · 0.5.
      #expect(optimizer.formula(for: cell).contains { $0.contains("0.5") || $0.contains("0.875") })
    }
  }

  // CosineAnnealingLR(o, 4, eta_min=.005) over groups with the rates 0.1 and 0.01
  @Test func aScheduleChangesTheRateOfEveryGroup() {
    let groups = [
      ParameterGroup([("p", Tensor([1.0]))]), ParameterGroup([("q", Tensor([1.0]))], learningRate: 0.01),
    ]
    let optimizer = SGD(groups: groups, learningRate: 0.1)
    let schedule: ChainedSchedule = .cosineAnnealingLR(optimizer, period: 4, minimum: 0.005)
    let expected = [
      [0.086087572106361, 0.00926776695296637], [0.0525, 0.0075],
      [0.018912427893638995, 0.005732233047033631],
      [0.005, 0.005], [0.01891242789363899, 0.005732233047033631],
    ]
    for rates in expected {
      schedule.step()
      #expect(isClose(optimizer.learningRates, rates))
    }
  }

  // ReduceLROnPlateau(o, patience=0, factor=.5, …) of the rate 1 with the metrics 10, 9.95, 9.8, 9.75, -1, -1.05
  @Test func aPlateauIsJudgedByAShareOrByADifference() {
    func rates(
      _ threshold: Double, _ type: ReduceLROnPlateau.ThresholdMode, _ mode: ReduceLROnPlateau.Mode = .min
    ) -> [Double] {
      let optimizer = SGD([("p", Tensor([1.0]))], learningRate: 1)
      let schedule = ReduceLROnPlateau(
        optimizer, mode: mode, factor: 0.5, patience: 0, threshold: threshold, thresholdMode: type)
      return [10, 9.95, 9.8, 9.75, -1, -1.05].map {
        schedule.step(metric: $0)
        return optimizer.learningRate
      }
    }
    #expect(rates(0.01, .rel) == [1, 0.5, 0.5, 0.25, 0.25, 0.25])
    #expect(rates(0.1, .abs) == [1, 0.5, 0.5, 0.25, 0.25, 0.125])
    #expect(rates(0.1, .abs, .max) == [1, 0.5, 0.25, 0.125, 0.0625, 0.03125])
  }

  // p.grad, q.grad = torch.tensor([3., -4.]), torch.tensor([12.]); clip_grad_norm_([p, q], 1., norm_type=…)
  @Test func gradientsAreClippedByAnyNorm() {
    let norms: [(Double, Double, Double)] = [
      (1, 19, 0.63157887), (2, 13, 0.92307687), (3, 12.20705605, 0.98303795), (.infinity, 12, 0.99999994),
      (0.5, 51.78461456, 0.23172906), (0, 2, 5.99999714), (-.infinity, 3, 3.99996857),
    ]
    for (type, norm, clipped) in norms {
      let (p, q) = (Tensor([0, 0], requiresGrad: true), Tensor([0.0], requiresGrad: true))
      (p.grad, q.grad) = (Tensor([3.0, -4]), Tensor([12.0]))
      #expect(isClose([clipGradNorm([p, q], maximumNorm: 1, normType: type)], [norm]), "\(type)")
      #expect(abs(Double(q.grad?.array()[0] ?? 0) / clipped - 1) < 1e-5, "\(type)")
    }
  }

  // bn = torch.nn.BatchNorm1d(2, momentum=None), called with torch.tensor([[1., 2.], [3., 5.]]) times 1, 2 and 3
  @Test func batchNormWithoutMomentumKeepsThePlainAverage() throws {
    let layer = BatchNorm1d(2, momentum: nil)
    let x = try Tensor([1.0, 2, 3, 5]).view(2, 2)
    for factor in 1...3 { _ = try layer(x * Double(factor)) }
    #expect(isClose(layer.runningMean.array(Double.self), [4, 7]))
    #expect(isClose(layer.runningVariance.array(Double.self), [9.33333302, 21]))
    #expect(layer.description.contains("momentum=None"))
  }

  // w = torch.tensor([[1., 2.], [3., 4.], [5., 6.]], requires_grad=True)
  // F.embedding(torch.tensor([0, 2, 2, 1]), w, padding_idx=-1).sum().backward()  → w.grad [[1, 1], [1, 1], [0, 0]]
  @Test func thePaddingRowOfATableGetsNoGradient() throws {
    let table = try Tensor([1.0, 2, 3, 4, 5, 6]).view(3, 2).clone().detach().requiringGrad()
    let y = try table.embedding(Tensor([0, 2, 2, 1]), paddingIndex: -1)
    #expect(y.array() == [1, 2, 5, 6, 5, 6, 3, 4])
    try y.sum().backward()
    #expect(table.grad?.array() == [1, 1, 1, 1, 0, 0])
    #expect(throws: AutogradError.self) { try table.embedding(Tensor([0]), paddingIndex: 3) }
    #expect(throws: AutogradError.self) { try table.embedding(Tensor([0]), paddingIndex: -4) }
    var generator = Generator(seed: 1)
    let layer = Embedding(3, 2, paddingIndex: -2, generator: &generator)
    #expect(layer.weight.array()[2...3] == [0, 0] && !layer.weight.array()[..<2].contains(0))
    #expect(layer.description == "Embedding(3, 2, padding_idx=1)")
  }

  // torch.tensor([7, -7, 7, -7]).div(torch.tensor([2, 2, -2, -2]), rounding_mode=…); of floats
  // torch.tensor([7.5, -7.5, -0., inf, 1.]).div(torch.tensor([2., 2., 3., 2., 0.]), rounding_mode='floor') → [3, -4, -0, nan, inf]
  @Test func aQuotientIsRoundedDownOrTowardsZero() throws {
    let (a, b) = (Tensor([7, -7, 7, -7]), Tensor([2, 2, -2, -2]))
    #expect(try a.div(b, rounding: .floor).integers() == [3, -4, -4, 3])
    #expect(try a.div(b, rounding: .trunc).integers() == [3, -3, -3, 3])
    #expect(try a.div(b, rounding: .floor).dtype == .int64)
    #expect(try Tensor([Int.min]).div(Tensor([-1]), rounding: .floor).integers() == [.min])
    let error = #expect(throws: AutogradError.self) { try a.div(Tensor(0), rounding: .floor) }
    #expect(error?.description.contains("div got divisor 0") == true)
    let x = Tensor([7.5, -7.5, -0.0, .infinity, 1], requiresGrad: true)
    let y = try x.div(Tensor([2.0, 2, 3, 2, 0]), rounding: .floor)
    let values = y.array()
    #expect(values[..<3] == [3, -4, 0] && values[3].isNaN && values[4] == .infinity)
    try y.sum().backward()
    #expect(x.grad?.array() == [0, 0, 0, 0, 0])
    #expect(try x.div(Tensor([2.0, 2, 3, 2, 0]), rounding: .trunc).array()[..<2] == [3, -3])
  }

  /// Each raises in PyTorch, when the optimizer is made.
  @Test func settingsOutOfTheirRangeAreRefusedAtTheFirstStep() throws {
    let p = Tensor([1.0], requiresGrad: true)
    let parameters = [("p", p)]
    let refused: [(any Optimizer, String)] = [
      (SGD(parameters, learningRate: -0.1), "SGD got lr -0.1; it expects a finite number of 0 or more."),
      (SGD(parameters, learningRate: .nan), "SGD got lr nan; it expects a finite number of 0 or more."),
      (
        SGD(parameters, learningRate: 1, momentum: -1),
        "SGD got momentum -1.0; it expects a finite number of 0 or more."
      ),
      (
        SGD(parameters, learningRate: 1, weightDecay: -1),
        "SGD got weight_decay -1.0; it expects a finite number of 0 or more."
      ),
      (
        SGD(parameters, learningRate: 1, nesterov: true),
        "SGD got momentum 0.0; it expects a number above 0 with nesterov."
      ),
      (
        SGD(parameters, learningRate: 1, momentum: 0.9, dampening: 0.5, nesterov: true),
        "SGD got dampening 0.5; it expects 0 with nesterov."
      ),
      (Adam(parameters, beta1: 1), "Adam got beta1 1.0; it expects a number from 0 to below 1."),
      (Adam(parameters, beta2: -0.1), "Adam got beta2 -0.1; it expects a number from 0 to below 1."),
      (AdamW(parameters, epsilon: -1), "AdamW got eps -1.0; it expects a finite number of 0 or more."),
      (RMSprop(parameters, alpha: -1), "RMSprop got alpha -1.0; it expects a finite number of 0 or more."),
      (
        RMSprop(parameters, momentum: -1),
        "RMSprop got momentum -1.0; it expects a finite number of 0 or more."
      ),
      (
        SGD(groups: [ParameterGroup(parameters, learningRate: -1)], learningRate: 1),
        "SGD got group0.lr -1.0; it expects a finite number of 0 or more."
      ),
      (
        SGD(groups: [ParameterGroup(parameters), ParameterGroup([("q", p)])], learningRate: 0.1),
        "SGD got the parameter q twice; each parameter is given once, in one group."
      ),
      (
        Adam(parameters + parameters),
        "Adam got the parameter p twice; each parameter is given once, in one group."
      ),
    ]
    for (optimizer, message) in refused {
      p.grad = Tensor([1.0])
      for _ in 0..<2 {
        let error = #expect(throws: NNError.self) { try optimizer.step() }
        #expect(error?.description == message)
      }
    }
    #expect(p.array() == [1])
  }

  // torch.optim.RMSprop([p], lr=.1, alpha=1.) is taken, as is a setting changed later
  @Test func whatPyTorchTakesIsTaken() throws {
    let p = Tensor([1.0], requiresGrad: true)
    let corrected = SGD([("p", p)], learningRate: -1)
    try corrected.setHyperparameter("lr", to: 0.5)
    let looksAhead = SGD([("p", p)], learningRate: 0, momentum: 0.9, nesterov: true)
    try looksAhead.setHyperparameter("momentum", to: 0)
    for optimizer in [corrected, looksAhead, RMSprop([("p", p)], learningRate: 0, alpha: 1)]
      as [any Optimizer]
    {
      p.grad = Tensor([1.0])
      try optimizer.step()
    }
    #expect(p.array() == [0.5])
  }
}
