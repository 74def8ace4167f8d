import Autograd
import NN
import Testing

struct DescriptionTests {
  // m = nn.Sequential(nn.Linear(64,128), nn.ReLU(), nn.Dropout(0.1), nn.BatchNorm1d(128), nn.LayerNorm(128),
  //   nn.GELU(), nn.LeakyReLU(), nn.Flatten(), nn.Embedding(5,4), nn.Sequential(nn.Tanh(), nn.Sigmoid()))
  // print(m)
  @Test func aModelPrintsAsInPyTorch() {
    var generator = Generator(seed: 0)
    let model = Sequential(
      Linear(64, 128, generator: &generator), ReLU(), Dropout(p: 0.1), BatchNorm1d(128), LayerNorm([128]),
      GELU(), LeakyReLU(), Flatten(), Embedding(5, 4, generator: &generator), Sequential(Tanh(), Sigmoid()))
    #expect(
      "\(model)" == """
        Sequential(
          (0): Linear(in_features=64, out_features=128, bias=True)
          (1): ReLU()
          (2): Dropout(p=0.1, inplace=False)
          (3): BatchNorm1d(128, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)
          (4): LayerNorm((128,), eps=1e-05, elementwise_affine=True, bias=True)
          (5): GELU(approximate='none')
          (6): LeakyReLU(negative_slope=0.01)
          (7): Flatten(start_dim=1, end_dim=-1)
          (8): Embedding(5, 4)
          (9): Sequential(
            (0): Tanh()
            (1): Sigmoid()
          )
        )
        """)
  }

  @Test func theGuidesNetworkPrintsItsLayersByName() {
    var generator = Generator(seed: 0)
    let model = MultilayerPerceptron(sizes: [784, 128, 10], generator: &generator)
    #expect(
      "\(model)" == """
        MultilayerPerceptron(
          (fc1): Linear(in_features=784, out_features=128, bias=True)
          (fc2): Linear(in_features=128, out_features=10, bias=True)
        )
        """)
  }
}
