import Autograd
import Dispatch
import TestSupport
import Testing

struct BackwardTests {
  @Test func aTensorUsedTwiceGetsBothGradients() throws {
    let x = Tensor([1, 2, 3], requiresGrad: true)
    try (x * x + x).sum().backward()
    #expect(x.grad?.array() == [3, 5, 7])
  }

  @Test func aGraphThatJoinsAgainRunsEachNodeOnce() throws {
    let x = Tensor([2], requiresGrad: true)
    let y = try x * x
    let left = try y * 3
    let right = try y.exp().log()
    try (left * right).sum().backward()
    // d/dx 3x⁴ = 12x³.
    #expect(difference(try #require(x.grad), [96], shape: [1]) == nil)
  }

  @Test func gradientsAccumulateOverCallsUntilForgotten() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    try x.sum().backward()
    try x.sum().backward()
    #expect(x.grad?.array() == [2, 2])
    x.zeroGrad()
    #expect(x.grad == nil)
  }

  @Test func aSecondBackwardNamesTheOperatorAndWhatToDo() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let line = #line + 1
    let y = try x.exp(file: "Model/Net.swift", line: UInt(line)).sum()
    try y.backward()
    let error = #expect(throws: AutogradError.self) { try y.backward() }
    #expect(error?.description.contains("backward() reached sum a second time") == true)
    #expect(error?.description.contains("Pass retainGraph: true to the first backward()") == true)
  }

  @Test func retainGraphLetsBackwardRunAgain() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = try (x * x).sum()
    try y.backward(retainGraph: true)
    try y.backward()
    #expect(x.grad?.array() == [4, 8])
  }

  @Test func aSavedValueChangedInPlaceIsAnError() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = try x.sigmoid(file: "Model/Net.swift", line: 7)
    try noGrad { try y.fill(0) }
    let error = #expect(throws: AutogradError.self) { try y.sum().backward() }
    #expect(
      error?.description
        == "Model/Net.swift:7: sigmoid saved [2] for backward, but a value was changed in place since. "
        + "Change a copy (clone()) instead, or change it after backward().")
  }

  @Test func aChangeThroughAViewIsFoundToo() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = try x.exp()
    try noGrad { try y.view(2, 1).detach().fill(3) }
    #expect(throws: AutogradError.self) { try y.sum().backward() }
  }

  @Test func aValueThatBackwardDoesNotReadMayChange() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = try x + 1
    try noGrad { try y.fill(0) }
    try y.sum().backward()
    #expect(x.grad?.array() == [1, 1])
  }

  @Test func aLeafAndAResultRefuseToBeChangedWhileRecording() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let leaf = #expect(throws: AutogradError.self) { try x.fill(0, file: "M/N.swift", line: 3) }
    #expect(
      leaf?.description
        == "M/N.swift:3: fill would change a leaf of shape [2] that requires a gradient. Do it inside noGrad { }."
    )
    let y = try x + 1
    let result = #expect(throws: AutogradError.self) { try y.zero(file: "M/N.swift", line: 3) }
    #expect(
      result?.description.hasPrefix("M/N.swift:3: fill would change a computed tensor of shape [2]") == true)
  }

  @Test func backwardNeedsAScalarOrAGradient() throws {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = try x * 2
    let error = #expect(throws: AutogradError.self) { try y.backward(file: "M/N.swift", line: 3) }
    #expect(
      error?.description
        == "M/N.swift:3: backward() starts from a scalar, but this tensor has shape [2]. "
        + "Reduce it with sum() or mean(), or pass a gradient of that shape.")
    let mismatch = #expect(throws: AutogradError.self) {
      try y.backward(gradient: Tensor([1, 2, 3]), file: "M/N.swift", line: 3)
    }
    #expect(
      mismatch?.description == "M/N.swift:3: backward got a gradient of shape [3] for a tensor of shape [2].")
    try y.backward(gradient: Tensor([1, 10]))
    #expect(x.grad?.array() == [2, 20])
  }

  @Test func withoutAGradientToComputeBackwardSaysSo() throws {
    let x = Tensor([1, 2])
    let y = Tensor([1, 2], requiresGrad: true)
    for result in [try x.sum(), try noGrad { try y.sum() }, try y.detach().sum()] {
      let error = #expect(throws: AutogradError.self) { try result.backward(file: "M/N.swift", line: 3) }
      #expect(error?.description.hasPrefix("M/N.swift:3: backward() found nothing to differentiate") == true)
    }
    // Without being told otherwise they name the line of the call.
    let error = #expect(throws: AutogradError.self) { try x.sum().backward() }
    #expect(error?.description.hasPrefix("AutogradTests/BackwardTests.swift:\(#line - 1): ") == true)
  }

  @Test func aLeafsGradientIsMemoryOfItsOwn() throws {
    let a = Tensor([1, 2], requiresGrad: true)
    let b = Tensor([3, 4], requiresGrad: true)
    try (a + b).sum().backward()
    let (first, second) = (try #require(a.grad), try #require(b.grad))
    #expect(first.isContiguous && second.isContiguous)
    try first.fill(9)
    #expect(second.array() == [1, 1])
  }

  @Test func aVeryLongGraphRunsBackwardAndIsReleased() throws {
    let x = Tensor([1], requiresGrad: true)
    var y = x
    for _ in 0..<200_000 { y = try y + x }
    try y.sum().backward()
    #expect(x.grad?.array() == [200_001])
  }

  @Test func aVeryLongGraphIsReleasedOnAWorkerThreadsSmallStack() throws {
    let queue = DispatchQueue(label: "release")
    let result = queue.sync {
      Result {
        let x = Tensor([1], requiresGrad: true)
        var y = x
        for _ in 0..<200_000 { y = try y.neg() }
        return y.requiresGrad
      }
    }
    #expect(try result.get())
  }
}
