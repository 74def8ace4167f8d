import Autograd
import Testing

struct InPlaceTests {
  /// PyTorch takes only whole copies of a view onto another, and refuses the others; the values are those before.
  @Test func viewsOfOneMemoryAreCopiedAsTheyWereBefore() throws {
    let x = Tensor([1.0, 2, 3, 4])
    try x.slice(start: 1).copy(from: x.slice(start: 0, end: 3))
    #expect(x.array() == [1, 1, 2, 3])
    try x.slice(start: 0, end: 3).copy(from: x.slice(start: 1))
    #expect(x.array() == [1, 2, 3, 3])
    let square = try Tensor([1.0, 2, 3, 4]).view(2, 2)
    try square.copy(from: square.t())
    #expect(square.array() == [1, 3, 2, 4])
    try square[0].copy(from: square[1])
    #expect(square.array() == [2, 4, 2, 4])
    try square.copy(from: square)
    #expect(square.array() == [2, 4, 2, 4])
  }

  // torch.tensor([1.]).expand(3).copy_(torch.tensor([1., 2., 3.]))
  // → more than one element of the written-to tensor refers to a single memory location; fill_ is taken
  @Test func elementsThatShareMemoryCannotBeToldApart() throws {
    let x = Tensor([1.0])
    let repeated = try x.expand(3)
    let error = #expect(throws: AutogradError.self) { try repeated.copy(from: Tensor([1.0, 2, 3])) }
    #expect(error?.description.contains("copy got target of shape [3] whose elements share memory") == true)
    #expect(x.array() == [1])
    try repeated.fill(2)
    #expect(repeated.array() == [2, 2, 2])
    try x.expand(1).copy(from: Tensor([5.0]))
    #expect(x.array() == [5])
  }

  // m = torch.tensor([[1., 2.], [4., 3.]], requires_grad=True).max(1); m.indices.fill_(0); m.values.sum().backward()
  // → one of the variables needed for gradient computation has been modified by an inplace operation
  @Test func thePlacesOfExtremesMustNotChangeBeforeBackward() throws {
    let x = try Tensor([1.0, 2, 4, 3]).view(2, 2).requiringGrad()
    let greatest = try x.max(dim: 1, file: "M/N.swift", line: 3)
    try greatest.indices.fill(0)
    let error = #expect(throws: AutogradError.self) { try greatest.values.sum().backward() }
    #expect(
      error?.description
        == "M/N.swift:3: max saved [2] for backward, but a value was changed in place since. "
        + "Change a copy (clone()) instead, or change it after backward().")
    let least = try x.min(dim: 1, keepDim: true)
    try least.indices[0].fill(1)
    #expect(throws: AutogradError.self) { try least.values.sum().backward() }
    x.zeroGrad()
    let untouched = try x.max(dim: 1)
    try untouched.indices.clone().fill(0)
    try untouched.values.sum().backward()
    #expect(x.grad?.array() == [0, 1, 1, 0])
  }
}
