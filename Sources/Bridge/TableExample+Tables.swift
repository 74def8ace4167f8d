import Autograd
import NN

extension TableExample {
  private static let x = Operand(name: "x", shape: [2, 3], values: [1, -2, 3, 0.5, 4, -1.5])
  private static let positive = Operand(name: "x", shape: [2, 3], values: [1, 2, 3, 0.5, 4, 1.5])
  private static let a = Operand(name: "a", shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
  private static let b = Operand(name: "b", shape: [2, 3], values: [10, 20, 30, 40, 50, 60])
  private static let tall = Operand(name: "b", shape: [3, 2], values: [1, 0, 0, 1, 2, -1])
  private static let labels = Operand(name: "y", shape: [2], values: [2, 1])

  /// A function of each number.
  private static func each(
    _ operand: Operand = x, _ byHand: @escaping @Sendable (Double) -> Double,
    _ engine: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> Recipe {
    one(operand, { Operand(name: "", shape: $0.shape, values: $0.values.map(byHand)) }, engine)
  }

  /// A function of one tensor.
  private static func one(
    _ operand: Operand = x, takesOther: Bool = true, _ byHand: @escaping @Sendable (Operand) -> Operand,
    _ engine: @escaping @Sendable (Tensor) throws -> Tensor
  ) -> Recipe {
    Recipe(operands: [operand], takesOther: takesOther) {
      byHand($0[0])
    } engine: {
      Operand("", try engine($0[0].tensor()))
    }
  }

  /// A function of two tensors.
  private static func two(
    _ first: Operand, _ second: Operand, takesOther: Bool = true,
    _ byHand: @escaping @Sendable (Operand, Operand) -> Operand,
    _ engine: @escaping @Sendable (Tensor, Tensor) throws -> Tensor
  ) -> Recipe {
    Recipe(operands: [first, second], takesOther: takesOther) {
      byHand($0[0], $0[1])
    } engine: {
      Operand("", try engine($0[0].tensor(), $0[1].tensor()))
    }
  }

  /// Numbers that nothing is needed for.
  private static func made(_ value: Double, _ engine: @escaping @Sendable () throws -> Tensor) -> Recipe {
    Recipe(operands: [], takesOther: false) { _ in
      Operand(name: "", shape: [2, 3], values: Array(repeating: value, count: 6))
    } engine: { _ in
      Operand("", try engine())
    }
  }

  private static func numbers(_ shape: [Int], _ values: [Double]) -> Operand {
    Operand(name: "", shape: shape, values: values)
  }

  /// What each row of the tables does, by its name.
  static let recipes: [String: Recipe] = [
    operations, functions, conversions, mapping, advantages,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

  private static let operations: [String: Recipe] = [
    "array": one(Operand(name: "list", shape: [3], values: [1, 2, 3]), takesOther: false) {
      $0
    } _: {
      $0
    },
    "zeros": made(0) { try Tensor.zeros([2, 3]) },
    "ones": made(1) { try Tensor.ones([2, 3]) },
    // Two generators of one seed give the same numbers.
    "randn": Recipe(operands: [], takesOther: false) { _ in
      var generator = Generator(seed: 42)
      return numbers([2, 3], (0..<6).map { _ in Double(Float(generator.normal())) })
    } engine: { _ in
      var generator = Generator(seed: 42)
      return Operand("", try Tensor.randn([2, 3], generator: &generator))
    },
    "shape": one {
      numbers([$0.shape.count], $0.shape.map(Double.init))
    } _: { tensor in
      Tensor(tensor.shape.map(Float.init))
    },
    "reshape": one {
      numbers($0.shape.reversed(), $0.values)
    } _: {
      try $0.reshape($0.shape.reversed())
    },
    "transpose": one {
      Operand("", $0.matrix.transposed)
    } _: {
      try $0.t()
    },
    "matmul": two(x, tall) {
      Operand("", $0.matrix.multiplied(by: $1.matrix))
    } _: {
      try $0.matmul($1)
    },
    "multiply": two(a, b) {
      Operand("", $0.matrix.zip($1.matrix, *))
    } _: {
      try $0.mul($1)
    },
    "sum": one {
      numbers([$0.matrix.columns], $0.matrix.columnSums.values)
    } _: {
      try $0.sum(dim: 0)
    },
    "mean": one { operand in
      let matrix = operand.matrix
      let sums = matrix.transposed.columnSums.values
      return numbers([matrix.rows], sums.map { $0 / Double(matrix.columns) })
    } _: {
      try $0.mean(dim: 1)
    },
    "max": one {
      numbers([], [$0.values.max() ?? .nan])
    } _: {
      try $0.max()
    },
    "argmax": one {
      numbers([$0.matrix.rows], $0.matrix.argmax.map(Double.init))
    } _: {
      try $0.argmax(dim: 1)
    },
    "cat": two(a, b) {
      numbers([$0.shape[0] + $1.shape[0], $0.shape[1]], $0.values + $1.values)
    } _: {
      try Tensor.cat([$0, $1])
    },
    "stack": two(a, b) {
      numbers([2] + $0.shape, $0.values + $1.values)
    } _: {
      try Tensor.stack([$0, $1])
    },
  ]

  private static let functions: [String: Recipe] = [
    "exp": each {
      Double.exp($0)
    } _: {
      try $0.exp()
    },
    "log": each(positive) {
      Double.log($0)
    } _: {
      try $0.log()
    },
    "relu": each {
      max(0, $0)
    } _: {
      try $0.relu()
    },
    "sigmoid": each {
      1 / (1 + Double.exp(-$0))
    } _: {
      try $0.sigmoid()
    },
    "tanh": each {
      Double.tanh($0)
    } _: {
      try $0.tanh()
    },
    "softmax": one {
      Operand("", $0.matrix.softmax)
    } _: {
      try $0.softmax(dim: 1)
    },
  ]

  private static let conversions: [String: Recipe] = [
    "from_numpy": one {
      $0
    } _: {
      $0
    },
    "to_numpy": one {
      $0
    } _: {
      $0.detach().copied()
    },
    "item": one(Operand(name: "loss", shape: [1], values: [0.25]), takesOther: false) {
      numbers([], $0.values)
    } _: {
      Tensor(Float(try $0.item()))
    },
  ]

  private static let mapping: [String: Recipe] = [
    // One seed, He's rule, and the engine's weights with rows and columns exchanged.
    "init_weight": Recipe(operands: [], takesOther: false) { _ in
      var generator = Generator(seed: 42)
      let drawn = Matrix(rows: 2, columns: 3) { Double(Float(generator.normal() * (2.0 / 3).squareRoot())) }
      return Operand("", drawn.transposed)
    } engine: { _ in
      var generator = Generator(seed: 42)
      let layer = Linear(3, 2, initialization: .kaimingNormal, generator: &generator)
      return Operand("", try layer.weight.detach().t())
    },
    "init_bias": Recipe(operands: [], takesOther: false) { _ in
      numbers([2], [0, 0])
    } engine: { _ in
      var generator = Generator(seed: 42)
      let layer = Linear(3, 2, initialization: .kaimingNormal, generator: &generator)
      return Operand("", layer.bias?.detach() ?? Tensor([]))
    },
    "linear": two(x, tall, takesOther: false) { x, w in
      Operand(
        "", x.matrix.multiplied(by: w.matrix).adding(row: Matrix(rows: 1, columns: 2, values: [0.5, -0.5])))
    } _: { x, w in
      try x.linear(weight: w.t(), bias: Tensor([0.5, -0.5]))
    },
    "backward": two(x, tall, takesOther: false) { x, w in
      // The loss is the mean of Z = X @ W: every cell of dZ is one part of it.
      let z = x.matrix.multiplied(by: w.matrix)
      let slope = z.map { _ in 1 / Double(z.values.count) }
      return Operand("", x.matrix.transposed.multiplied(by: slope))
    } _: { x, w in
      let w = w.requiringGrad()
      try x.matmul(w).mean().backward()
      return w.grad ?? Tensor([])
    },
    "update": two(
      Operand(name: "W1", shape: [2, 3], values: [1, -2, 3, 0.5, 4, -1.5]),
      Operand(name: "dW1", shape: [2, 3], values: [0.5, 1, -1, 2, 0, 0.25]), takesOther: false
    ) { w, gradient in
      Operand("", w.matrix.zip(gradient.matrix) { $0 - 0.1 * $1 })
    } _: { w, gradient in
      let w = w.requiringGrad()
      w.grad = gradient
      try SGD([("W1", w)], learningRate: 0.1).step()
      return w.detach()
    },
    // What the graph keeps of forward is the input of the multiplication.
    "cache": one(takesOther: false) {
      $0
    } _: { x in
      let y = try x.requiringGrad().relu()
      return y.node?.inputs.first?.detach() ?? y
    },
  ]

  private static let advantages: [String: Recipe] = [
    "autograd": one(takesOther: false) { x in
      // (f(x + h) − f(x − h)) ÷ 2h for f = Σ tanh x.
      Operand(
        name: "", shape: x.shape,
        values: x.values.map { (Double.tanh($0 + 1e-4) - Double.tanh($0 - 1e-4)) / 2e-4 })
    } _: { x in
      let x = x.requiringGrad()
      try x.tanh().sum().backward()
      return x.grad ?? x
    },
    "module": Recipe(operands: [], takesOther: false) { _ in
      numbers([4], [12, 4, 8, 2])
    } engine: { _ in
      var generator = Generator(seed: 42)
      let model = MultilayerPerceptron(sizes: [3, 4, 2], generator: &generator)
      return Operand("", Tensor(model.parameters().map { Float($0.elementCount) }))
    },
    // Adam's first step is the learning rate, whatever the size of the gradient.
    "optimizer": one(
      Operand(name: "gradient", shape: [2, 3], values: [0.5, 1, -1, 2, 0.1, 0.25]), takesOther: false
    ) { gradient in
      Operand(name: "", shape: gradient.shape, values: gradient.values.map { -0.001 * $0 / (abs($0) + 1e-8) })
    } _: { gradient in
      let w = try Tensor.zeros([2, 3]).requiringGrad()
      w.grad = gradient
      try Adam([("W1", w)], learningRate: 0.001).step()
      return w.detach()
    },
    // There is one device here: a copy holds the same numbers.
    "gpu": one {
      $0
    } _: {
      $0.copied()
    },
    "dataloader": one(
      Operand(name: "X", shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]), takesOther: false
    ) { x in
      numbers([2, 2], Array(x.values[4..<8]))
    } _: { x in
      try x.narrow(dim: 0, start: 2, length: 2)
    },
    "losses": two(x, labels, takesOther: false) { x, y in
      let p = x.matrix.softmax
      let sum = y.values.enumerated().reduce(0) { $0 - Double.log(p[$1.offset, Int($1.element)]) }
      return numbers([], [sum / Double(y.values.count)])
    } _: { x, y in
      try x.crossEntropy(y.to(.int64))
    },
  ]
}
