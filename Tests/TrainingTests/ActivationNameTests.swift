import Autograd
import Testing
import Trace

@Suite struct ActivationNameTests {
  @Test func theEnginesActivationsAreAmongThem() {
    let own: [OperatorInfo] = [.relu, .leakyReLU, .sigmoid, .tanh, .gelu, .silu, .softplus]
    #expect(Set(own.map(\.name)).subtracting(ActivationNames.all) == [])
  }
}
