import DefaultTheme from "vitepress/theme";
import CallFilters from "./CallFilters.vue";
import Layout from "./Layout.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp: ({ app }) => app.component("CallFilters", CallFilters),
};
