import Autograd
import Testing

/// Whole numbers keep their digits and their type, as in PyTorch 2.15.
struct IntegerTests {
  private let big = 16_777_217
  private let huge = 9_007_199_254_740_993

  // x = torch.tensor([16777217]); x == 16777216, x != 16777216, x > 16777216, x <= 16777216
  // → False, True, True, False; and likewise at 2 ** 53 + 1
  @Test func comparisonsWithAWholeNumberAreExact() throws {
    for number in [big, huge] {
      let x = Tensor([number])
      #expect(try (x .== (number - 1)).integers() == [0])
      #expect(try (x .!= (number - 1)).integers() == [1])
      #expect(try (x .> (number - 1)).integers() == [1])
      #expect(try (x .>= (number + 1)).integers() == [0])
      #expect(try (x .<= (number - 1)).integers() == [0])
      #expect(try (x .< (number + 1)).integers() == [1])
    }
    #expect(try (Tensor([16_777_217]) .== 16_777_216).integers() == [0])
  }

  @Test func arithmeticWithAWholeNumberIsExact() throws {
    #expect(try (Tensor([1]) + huge).integers() == [huge + 1])
    #expect(try (Tensor([0]) - Int.max).integers() == [-Int.max])
    #expect(try (Tensor([huge]) * 1).integers() == [huge])
  }

  // torch.tensor([1, -2, 3]).relu(), .clamp(0, 2), .add(x, alpha=2), .sub(x, alpha=2)  → all int64
  @Test func functionsOfWholeNumbersGiveWholeNumbers() throws {
    let x = Tensor([1, -2, 3])
    func whole(_ y: Tensor, _ values: [Int]) { #expect(y.dtype == .int64 && y.integers() == values) }
    whole(try x.relu(), [1, 0, 3])
    whole(try x.clamp(min: 0, max: 2), [1, 0, 2])
    whole(try x.clamp(max: 0), [0, -2, 0])
    whole(try Tensor([huge]).clamp(min: 0), [huge])
    whole(try x.add(x, alpha: 2), [3, -6, 9])
    whole(try x.sub(x, alpha: 2), [-1, 2, -3])
    whole(try x.abs(), [1, 2, 3])
    whole(try -x, [-1, 2, -3])
    whole(try .arange(5), [0, 1, 2, 3, 4])
    whole(try .arange(from: huge, to: huge + 2), [huge, huge + 1])
    whole(try .where(x .> 0, x, 0), [1, 0, 3])
    whole(try .where(x .> 0, 0, x), [0, -2, 0])
    whole(try (x .> 0).clamp(min: 0), [1, 0, 1])
    whole(Tensor(huge), [huge])
    #expect(try x.clamp(min: 0.5, max: 2).array() == [1, 0.5, 2])
    #expect(try Tensor.where(x .> 0, x, 0.5).array() == [1, 0.5, 3])
    #expect(try Tensor.where(x .> 0, Tensor.zeros([3], dtype: .float64), 0.5).dtype == .float64)
  }

  // torch.tensor([1.], dtype=torch.float64).add(torch.tensor([16777217]), alpha=3)  → 50331652
  @Test func aFactorIsAppliedInTheTypeOfTheResult() throws {
    let x = try Tensor([1.0] as [Double], shape: [1])
    #expect(try x.add(Tensor([big]), alpha: 3).array(Double.self) == [50_331_652])
  }

  // torch.tensor([[1, 2], [3, 4]]) @ torch.tensor([[5, 6], [7, 8]])  → [[19, 22], [43, 50]]
  // torch.tensor([2 ** 53 + 1, 1]).dot(torch.tensor([1, 1]))  → 9007199254740994; F.linear([1, -2, 3], [[1, 2, 3]]) → 6
  @Test func productsOfWholeNumbersAreExact() throws {
    let (a, b) = (try Tensor([1, 2, 3, 4]).view(2, 2), try Tensor([5, 6, 7, 8]).view(2, 2))
    #expect(try a.matmul(b).integers() == [19, 22, 43, 50])
    #expect(try a.t().mm(b).integers() == [26, 30, 38, 44])
    #expect(try Tensor([huge, 1]).dot(Tensor([1, 1])).integers() == [huge + 1])
    #expect(try a.matmul(Tensor([1, 1])).integers() == [3, 7])
    #expect(
      try a.unsqueeze(dim: 0).expand(3, 2, 2).matmul(b).integers() == [
        19, 22, 43, 50, 19, 22, 43, 50, 19, 22, 43, 50,
      ])
    #expect(
      try Tensor([1, -2, 3]).linear(weight: Tensor([1, 2, 3]).view(1, 3), bias: Tensor([4])).integers() == [
        10
      ])
    #expect(throws: AutogradError.self) { try a.matmul(b.to(.float32)) }
    #expect(throws: AutogradError.self) { try (a .> 0).matmul(b .> 0) }
  }

  // F.mse_loss(torch.tensor([1.5, -2.]), torch.tensor([1, 2]))  → 8.125, l1 2.25, smooth_l1 and huber 1.8125
  // with .double() in place of the target the result is float64
  @Test func lossesTakeATargetOfAnotherType() throws {
    let (x, target) = (Tensor([1.5, -2], requiresGrad: true), Tensor([1, 2]))
    #expect(try x.mseLoss(target).item() == 8.125)
    #expect(try x.l1Loss(target).item() == 2.25)
    #expect(try x.smoothL1Loss(target).item() == 1.8125)
    #expect(try x.huberLoss(target).item() == 1.8125)
    let loss = try x.mseLoss(target.to(.float64))
    #expect(loss.dtype == .float64)
    try loss.backward()
    #expect(x.grad?.dtype == .float32 && x.grad?.array() == [0.5, -4])
    #expect(try x.binaryCrossEntropyWithLogits(Tensor([1.0, 0]).to(.float64)).dtype == .float64)
    #expect(throws: AutogradError.self) { try x.binaryCrossEntropyWithLogits(target) }
    #expect(throws: AutogradError.self) { try target.mseLoss(target) }
  }

  @Test func whatPyTorchRefusesIsRefused() throws {
    let (flags, numbers) = (try Tensor([1, 0]) .> 0, Tensor([1, 2]))
    let refused: [(String, () throws -> Tensor)] = [
      ("neg", { try -flags }), ("sub", { try flags - flags }), ("sub", { try flags - 1 }),
      ("sub", { try 1 - flags }), ("sub", { try Tensor([1.5, 2]) - flags }), ("abs", { try flags.abs() }),
      ("relu", { try flags.relu() }), ("argmax", { try flags.argmax() }), ("pow", { try numbers.pow(-1) }),
      ("pow", { try flags.pow(-1) }), ("leaky_relu", { try numbers.leakyReLU() }),
      ("gelu", { try numbers.gelu() }),
      ("softplus", { try numbers.softplus() }), ("softmax", { try numbers.softmax(dim: 0) }),
      ("log_softmax", { try numbers.logSoftmax(dim: 0) }), ("dropout", { try numbers.dropout() }),
      ("add", { try numbers.add(numbers, alpha: 2.5) }), ("clamp", { try numbers.clamp() }),
    ]
    for (name, call) in refused {
      let error = #expect(throws: AutogradError.self, "\(name)") { try call() }
      #expect(error?.description.contains(" \(name) got ") == true, "\(error?.description ?? name)")
    }
    #expect(try numbers.pow(Tensor([-1, -1])).integers() == [1, 0])
    #expect(try numbers.pow(-1.0).array() == [1, 0.5])
    #expect(try (flags + flags).integers() == [1, 0])
  }
}
