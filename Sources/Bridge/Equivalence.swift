/// A row of the guide's tables: what one writes in NumPy, in PyTorch, and here.
public struct Equivalence: Equatable, Sendable {
  /// What it is for, as the guide names it in English.
  public let purpose: String
  /// The line in NumPy.
  public let numpy: String
  /// The line in PyTorch.
  public let pytorch: String
  /// The line in Swift with this engine.
  public let tapedeck: String

  /// A row.
  public init(_ purpose: String, _ numpy: String, _ pytorch: String, _ tapedeck: String) {
    self.purpose = purpose
    self.numpy = numpy
    self.pytorch = pytorch
    self.tapedeck = tapedeck
  }
}

extension Equivalence {
  /// The guide's table of basic operations.
  public static let operations: [Equivalence] = [
    Equivalence("create", "np.array([1, 2, 3])", "torch.tensor([1, 2, 3])", "Tensor([1, 2, 3])"),
    Equivalence("zeros", "np.zeros((3, 4))", "torch.zeros(3, 4)", "Tensor.zeros([3, 4])"),
    Equivalence("ones", "np.ones((3, 4))", "torch.ones(3, 4)", "Tensor.ones([3, 4])"),
    Equivalence(
      "random normal", "np.random.randn(3, 4)", "torch.randn(3, 4)",
      "Tensor.randn([3, 4], generator: &generator)"),
    Equivalence("shape", "x.shape", "x.shape or x.size()", "x.shape"),
    Equivalence(
      "reshape", "x.reshape(2, 6)", "x.reshape(2, 6) or x.view(2, 6)", "x.reshape(2, 6) or x.view(2, 6)"),
    Equivalence("transpose", "x.T", "x.T or x.t()", "x.T or x.t()"),
    Equivalence(
      "matrix product", "A @ B or np.dot(A, B)", "A @ B or torch.mm(A, B)", "a.matmul(b) or a.mm(b)"),
    Equivalence("element by element", "A * B", "A * B", "a * b"),
    Equivalence("sum", "np.sum(x, axis=0)", "torch.sum(x, dim=0)", "x.sum(dim: 0)"),
    Equivalence("mean", "np.mean(x, axis=1)", "torch.mean(x, dim=1)", "x.mean(dim: 1)"),
    Equivalence("max", "np.max(x)", "torch.max(x)", "x.max()"),
    Equivalence("argmax", "np.argmax(x, axis=1)", "torch.argmax(x, dim=1)", "x.argmax(dim: 1)"),
    Equivalence("concatenate", "np.concatenate([a, b])", "torch.cat([a, b])", "Tensor.cat([a, b])"),
    Equivalence("stack", "np.stack([a, b])", "torch.stack([a, b])", "Tensor.stack([a, b])"),
  ]

  /// The guide's table of functions.
  public static let functions: [Equivalence] = [
    Equivalence("exponential", "np.exp(x)", "torch.exp(x)", "x.exp()"),
    Equivalence("logarithm", "np.log(x)", "torch.log(x)", "x.log()"),
    Equivalence("ReLU", "np.maximum(0, x)", "torch.relu(x) or F.relu(x)", "x.relu()"),
    Equivalence("sigmoid", "1 / (1 + np.exp(-x))", "torch.sigmoid(x)", "x.sigmoid()"),
    Equivalence("tanh", "np.tanh(x)", "torch.tanh(x)", "x.tanh()"),
    Equivalence("softmax", "by hand", "F.softmax(x, dim=1)", "x.softmax(dim: 1)"),
  ]

  /// The guide's map from the lines of the hand-written network to what the framework does.
  public static let network: [Equivalence] = [
    Equivalence(
      "weights", "self.W1 = np.random.randn(...) * np.sqrt(2.0/n)", "nn.Linear (Kaiming)",
      "Linear(784, 128, initialization: .kaimingNormal, generator: &generator)"),
    Equivalence("bias", "self.b1 = np.zeros(...)", "nn.Linear has a bias", "Linear has a bias"),
    Equivalence("layer", "self.cache['Z1'] = X @ self.W1 + self.b1", "self.fc1(x)", "fc1(x)"),
    Equivalence("activation", "self.relu(z)", "F.relu(x)", "x.relu()"),
    Equivalence("softmax", "self.softmax(z)", "in nn.CrossEntropyLoss", "in CrossEntropyLoss"),
    Equivalence("backpropagation", "all of backward()", "loss.backward()", "loss.backward()"),
    Equivalence("update", "self.W1 -= lr * grads['dW1']", "optimizer.step()", "optimizer.step()"),
    Equivalence("memory", "self.cache = {}", "the graph", "the graph"),
  ]
}
