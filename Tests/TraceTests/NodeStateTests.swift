import Testing
import Trace

struct NodeStateTests {
  @Test func aNodeIsBrokenWhenANormIsNotFinite() {
    #expect(!NodeState().isBroken)
    #expect(!NodeState(progress: .backward, valueNorm: 1, gradientNorm: 0).isBroken)
    #expect(NodeState(progress: .forward, valueNorm: .nan).isBroken)
    #expect(NodeState(progress: .backward, valueNorm: 1, gradientNorm: .infinity).isBroken)
  }
}
